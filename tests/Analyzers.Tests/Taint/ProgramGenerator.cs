using System.Globalization;
using System.Text;

namespace SecurityToolchain.Analyzers.Tests.Taint;

/// <summary>
/// Makes programs with a known answer. A value begins as untrusted or constant and goes through random constructs; each either hands it on or
/// puts a constant in its place, and the generator keeps count. Every sink's argument is marked when an untrusted value must reach it.
/// </summary>
#pragma warning disable CA5394, RS0030 // A fixed seed makes the same programs each time.
internal sealed class ProgramGenerator(int seed)
{
    private readonly Random _random = new(seed);
    private readonly StringBuilder _members = new();
    private readonly StringBuilder _types = new();
    private int _number;

    private delegate void Construct(StringBuilder body, string name, string input, ref bool isTainted);

    /// <summary>One namespace with some methods, each with sinks.</summary>
    public string Generate(int program)
    {
        _members.Clear();
        _types.Clear();
        _number = 0;
        var methods = new StringBuilder();
        for (int i = 0; i < 3; i++)
            methods.Append(Method(i));
        return string.Create(CultureInfo.InvariantCulture, $"namespace P{program}\n{{\n{_types}\nclass Program\n{{\n{_members}\n{methods}}}\n}}\n");
    }

    private string Method(int index)
    {
        var body = new StringBuilder();
        bool isTainted = _random.Next(2) == 0;
        string value = Name();
        body.Append(CultureInfo.InvariantCulture, $"string {value} = {(isTainted ? "T.Source()" : "\"safe\"")};\n");
        int length = 2 + _random.Next(7);
        for (int i = 0; i < length; i++)
        {
            string next = Name();
            Pick()(body, next, value, ref isTainted);
            value = next;
        }

        body.Append(isTainted ? $"T.Sink([|{value}|]);\n" : $"T.Sink({value});\n");
        return string.Create(CultureInfo.InvariantCulture, $"public async Task M{index}(int number, bool flag)\n{{\nawait Task.Yield();\n{body}}}\n");
    }

    private string Name() => "v" + (_number++).ToString(CultureInfo.InvariantCulture);

    private Construct Pick()
    {
        Construct[] constructs =
        [
            Copy, Overwrite, Branch, BothBranches, DeadBranch, Loop, Switch, TryFinally, Field, OtherField, Call, CallChain, ReturnConstant, Virtual, SafeVirtual, Interface, Lambda,
            Closure, LocalFunction, DelegateParameter, List, ListOther, Dictionary, DictionaryOther, ArrayElement, ArrayOther, Tuple, TupleOther, Builder, Linq, LinqConstant,
            Async, Static, OutParameter, RefReset, Record, RecordWith, Iterator, Guarded, Allowed, Sanitized, Generic, Constructor, Nested, Exception, Concatenate, Queue, Recursive,
        ];
        return constructs[_random.Next(constructs.Length)];
    }

    private static void Copy(StringBuilder body, string name, string input, ref bool isTainted) => body.Append($"var {name} = {input};\n");

    private static void Overwrite(StringBuilder body, string name, string input, ref bool isTainted)
    {
        body.Append($"var {name} = {input}; {name} = \"x\";\n");
        isTainted = false;
    }

    private static void Branch(StringBuilder body, string name, string input, ref bool isTainted) =>
        body.Append($"string {name} = \"x\"; if (flag) {{ {name} = {input}; }}\n");

    private static void BothBranches(StringBuilder body, string name, string input, ref bool isTainted)
    {
        body.Append($"string {name} = {input}; if (flag) {{ {name} = \"x\"; }} else {{ {name} = \"y\"; }}\n");
        isTainted = false;
    }

    private void DeadBranch(StringBuilder body, string name, string input, ref bool isTainted)
    {
        bool takes = _random.Next(2) == 0;
        body.Append($"int n{name} = 7; string {name} = \"x\"; if (n{name} * 3 {(takes ? ">" : "<")} 20) {{ {name} = {input}; }}\n");
        isTainted &= takes;
    }

    private static void Loop(StringBuilder body, string name, string input, ref bool isTainted) =>
        body.Append($"string {name} = \"\"; for (int i{name} = 0; i{name} < number; i{name}++) {{ {name} += {input}; }}\n");

    private static void Switch(StringBuilder body, string name, string input, ref bool isTainted) =>
        body.Append($"string {name}; switch (number) {{ case 1: {name} = \"x\"; break; case 2: {name} = {input}; break; default: {name} = \"y\"; break; }}\n");

    private void TryFinally(StringBuilder body, string name, string input, ref bool isTainted)
    {
        bool resets = _random.Next(2) == 0;
        body.Append($"string {name} = {input}; try {{ Console.WriteLine(number); }} finally {{ {(resets ? name + " = \"x\";" : "")} }}\n");
        isTainted &= !resets;
    }

    private void Field(StringBuilder body, string name, string input, ref bool isTainted)
    {
        _types.Append($"class F{name} {{ public string A = \"\"; public string B {{ get; set; }} = \"\"; }}\n");
        body.Append($"var o{name} = new F{name}(); o{name}.B = {input}; var {name} = o{name}.B;\n");
    }

    private void OtherField(StringBuilder body, string name, string input, ref bool isTainted)
    {
        _types.Append($"class F{name} {{ public string A = \"\"; public string B {{ get; set; }} = \"\"; }}\n");
        body.Append($"var o{name} = new F{name} {{ A = \"x\", B = {input} }}; var {name} = o{name}.A;\n");
        isTainted = false;
    }

    private void Call(StringBuilder body, string name, string input, ref bool isTainted)
    {
        _members.Append($"private static string C{name}(string a, string b) => {(_random.Next(2) == 0 ? "b" : "b.Trim()")};\n");
        body.Append($"var {name} = C{name}(\"x\", {input});\n");
    }

    private void CallChain(StringBuilder body, string name, string input, ref bool isTainted)
    {
        int depth = 2 + _random.Next(4);
        for (int i = 0; i < depth; i++)
            _members.Append(CultureInfo.InvariantCulture, $"private string D{name}{i}(string a) => {(i + 1 < depth ? string.Create(CultureInfo.InvariantCulture, $"D{name}{i + 1}(a)") : "a")};\n");
        body.Append($"var {name} = D{name}0({input});\n");
    }

    private void ReturnConstant(StringBuilder body, string name, string input, ref bool isTainted)
    {
        _members.Append($"private static string C{name}(string a) {{ Console.WriteLine(a); return \"x\"; }}\n");
        body.Append($"var {name} = C{name}({input});\n");
        isTainted = false;
    }

    private void Virtual(StringBuilder body, string name, string input, ref bool isTainted)
    {
        _types.Append($"abstract class A{name} {{ public abstract string Go(string s); }}\nclass B{name} : A{name} {{ public override string Go(string s) => s; }}\n");
        body.Append($"A{name} o{name} = new B{name}(); var {name} = o{name}.Go({input});\n");
    }

    private void SafeVirtual(StringBuilder body, string name, string input, ref bool isTainted)
    {
        _types.Append($"class A{name} {{ public virtual string Go(string s) => s; }}\nclass B{name} : A{name} {{ public override string Go(string s) => \"x\"; }}\n");
        bool isSafe = _random.Next(2) == 0;
        body.Append($"A{name} o{name} = new {(isSafe ? "B" : "A")}{name}(); var {name} = o{name}.Go({input});\n");
        isTainted &= !isSafe;
    }

    private void Interface(StringBuilder body, string name, string input, ref bool isTainted)
    {
        _types.Append($"interface I{name} {{ string Go(string s); }}\nclass B{name} : I{name} {{ public string Go(string s) => s; }}\n");
        _members.Append($"private static string U{name}(I{name} i, string s) => i.Go(s);\n");
        body.Append($"var {name} = U{name}(new B{name}(), {input});\n");
    }

    private void Lambda(StringBuilder body, string name, string input, ref bool isTainted)
    {
        bool keeps = _random.Next(2) == 0;
        body.Append($"Func<string, string> f{name} = s => {(keeps ? "s + \"y\"" : "\"x\"")}; var {name} = f{name}({input});\n");
        isTainted &= keeps;
    }

    private static void Closure(StringBuilder body, string name, string input, ref bool isTainted) =>
        body.Append($"string {name} = \"x\"; Action f{name} = () => {name} = {input}; f{name}();\n");

    private static void LocalFunction(StringBuilder body, string name, string input, ref bool isTainted) =>
        body.Append($"string L{name}(string s) {{ return s; }} var {name} = L{name}({input});\n");

    private void DelegateParameter(StringBuilder body, string name, string input, ref bool isTainted)
    {
        _members.Append($"private static string E{name}(Func<string, string> f, string s) => f(s);\n");
        bool keeps = _random.Next(2) == 0;
        body.Append($"var {name} = E{name}(s => {(keeps ? "s" : "\"x\"")}, {input});\n");
        isTainted &= keeps;
    }

    private static void List(StringBuilder body, string name, string input, ref bool isTainted) =>
        body.Append($"var l{name} = new List<string>(); l{name}.Add(\"x\"); l{name}.Add({input}); var {name} = l{name}[1];\n");

    private static void ListOther(StringBuilder body, string name, string input, ref bool isTainted)
    {
        body.Append($"var l{name} = new List<string> {{ \"x\", {input} }}; var {name} = l{name}[0];\n");
        isTainted = false;
    }

    private static void Dictionary(StringBuilder body, string name, string input, ref bool isTainted) =>
        body.Append($"var d{name} = new Dictionary<string, string> {{ [\"a\"] = \"x\" }}; d{name}[\"b\"] = {input}; var {name} = d{name}[\"b\"];\n");

    private static void DictionaryOther(StringBuilder body, string name, string input, ref bool isTainted)
    {
        body.Append($"var d{name} = new Dictionary<string, string>(); d{name}.Add(\"a\", \"x\"); d{name}.Add(\"b\", {input}); var {name} = d{name}[\"a\"];\n");
        isTainted = false;
    }

    private static void ArrayElement(StringBuilder body, string name, string input, ref bool isTainted) =>
        body.Append($"var a{name} = new string[3]; a{name}[1] = {input}; var {name} = a{name}[1];\n");

    private static void ArrayOther(StringBuilder body, string name, string input, ref bool isTainted)
    {
        body.Append($"string[] a{name} = {{ \"x\", {input} }}; var {name} = a{name}[0];\n");
        isTainted = false;
    }

    private static void Tuple(StringBuilder body, string name, string input, ref bool isTainted) => body.Append($"var (u{name}, {name}) = (\"x\", {input});\n");

    private static void TupleOther(StringBuilder body, string name, string input, ref bool isTainted)
    {
        body.Append($"var t{name} = ({input}, \"x\"); var {name} = t{name}.Item2;\n");
        isTainted = false;
    }

    private static void Builder(StringBuilder body, string name, string input, ref bool isTainted) =>
        body.Append($"var b{name} = new StringBuilder(); b{name}.Append(\"x\").Append({input}); var {name} = b{name}.ToString();\n");

    private static void Linq(StringBuilder body, string name, string input, ref bool isTainted) =>
        body.Append($"var {name} = new[] {{ {input} }}.Where(s => s.Length > 1).Select(s => s.Trim()).First();\n");

    private static void LinqConstant(StringBuilder body, string name, string input, ref bool isTainted)
    {
        body.Append($"var {name} = new[] {{ {input} }}.Select(s => \"x\").First();\n");
        isTainted = false;
    }

    private void Async(StringBuilder body, string name, string input, ref bool isTainted)
    {
        _members.Append($"private static async Task<string> H{name}(string s) {{ await Task.Delay(1); return s; }}\n");
        body.Append($"var {name} = await H{name}({input});\n");
    }

    private void Static(StringBuilder body, string name, string input, ref bool isTainted)
    {
        _types.Append($"static class S{name} {{ public static string V = \"\"; public static string Get() => V; }}\n");
        body.Append($"S{name}.V = {input}; var {name} = S{name}.Get();\n");
    }

    private void OutParameter(StringBuilder body, string name, string input, ref bool isTainted)
    {
        _members.Append($"private static bool O{name}(string s, out string a, out string b) {{ a = \"x\"; b = s; return true; }}\n");
        bool second = _random.Next(2) == 0;
        body.Append($"O{name}({input}, out var {(second ? "p" : "")}{name}, out var {(second ? "" : "p")}{name});\n");
        isTainted &= second;
    }

    private void RefReset(StringBuilder body, string name, string input, ref bool isTainted)
    {
        _members.Append($"private static void R{name}(ref string s) {{ s = \"x\"; }}\n");
        body.Append($"string {name} = {input}; R{name}(ref {name});\n");
        isTainted = false;
    }

    private void Record(StringBuilder body, string name, string input, ref bool isTainted)
    {
        _types.Append($"record Q{name}(string A, string B);\n");
        body.Append($"var q{name} = new Q{name}(\"x\", {input}); var {name} = q{name}.B;\n");
    }

    private void RecordWith(StringBuilder body, string name, string input, ref bool isTainted)
    {
        _types.Append($"record Q{name}(string A, string B);\n");
        bool keeps = _random.Next(2) == 0;
        body.Append($"var q{name} = new Q{name}({input}, \"x\") with {{ {(keeps ? "B" : "A")} = \"y\" }}; var {name} = q{name}.A;\n");
        isTainted &= keeps;
    }

    private void Iterator(StringBuilder body, string name, string input, ref bool isTainted)
    {
        _members.Append($"private static IEnumerable<string> Y{name}(string s) {{ yield return \"x\"; yield return s; }}\n");
        body.Append($"string {name} = \"\"; foreach (var i{name} in Y{name}({input})) {name} = i{name};\n");
    }

    private static void Guarded(StringBuilder body, string name, string input, ref bool isTainted)
    {
        body.Append($"string {name} = \"x\"; if (T.IsValid({input})) {{ {name} = {input}; }}\n");
        isTainted = false;
    }

    private void Allowed(StringBuilder body, string name, string input, ref bool isTainted)
    {
        _members.Append($"private static readonly HashSet<string> W{name} = new() {{ \"a\", \"b\" }};\n");
        bool negated = _random.Next(2) == 0;
        body.Append($"string {name} = \"x\"; if ({(negated ? "!" : "")}W{name}.Contains({input})) {{ {name} = {input}; }}\n");
        isTainted &= negated;
    }

    private static void Sanitized(StringBuilder body, string name, string input, ref bool isTainted)
    {
        body.Append($"var {name} = T.Clean({input});\n");
        isTainted = false;
    }

    private void Generic(StringBuilder body, string name, string input, ref bool isTainted)
    {
        _types.Append($"class G{name}<TV> {{ private TV _v = default!; public void Put(TV v) => _v = v; public TV Take() => _v; }}\n");
        body.Append($"var g{name} = new G{name}<string>(); g{name}.Put({input}); var {name} = g{name}.Take();\n");
    }

    private void Constructor(StringBuilder body, string name, string input, ref bool isTainted)
    {
        _types.Append($"class K{name}(string v) {{ private readonly string _w = \"x\"; public string V() => v; public string W() => _w; }}\n");
        bool first = _random.Next(2) == 0;
        body.Append($"var {name} = new K{name}({input}).{(first ? "V" : "W")}();\n");
        isTainted &= first;
    }

    private void Nested(StringBuilder body, string name, string input, ref bool isTainted)
    {
        _types.Append($"class X{name} {{ public Y{name} Y = new(); }} class Y{name} {{ public Z{name} Z {{ get; }} = new(); }} class Z{name} {{ public string V = \"\"; }}\n");
        body.Append($"var x{name} = new X{name}(); x{name}.Y.Z.V = {input}; var z{name} = x{name}.Y.Z; var {name} = z{name}.V;\n");
    }

    private void Exception(StringBuilder body, string name, string input, ref bool isTainted)
    {
        _members.Append($"private static void N{name}(string s) => throw new InvalidOperationException(s);\n");
        body.Append($"string {name} = \"\"; try {{ N{name}({input}); }} catch (InvalidOperationException e{name}) {{ {name} = e{name}.Message; }}\n");
    }

    private static void Concatenate(StringBuilder body, string name, string input, ref bool isTainted) => body.Append($"var {name} = $\"a{{{input}}}b\" + number;\n");

    private static void Queue(StringBuilder body, string name, string input, ref bool isTainted) =>
        body.Append($"var q{name} = new Queue<string>(); q{name}.Enqueue({input}); var {name} = q{name}.Dequeue();\n");

    private void Recursive(StringBuilder body, string name, string input, ref bool isTainted)
    {
        _members.Append($"private static string J{name}(string s, int n) => n <= 0 ? s : J{name}(s + \"y\", n - 1);\n");
        body.Append($"var {name} = J{name}({input}, number);\n");
    }
}
