using System.Reflection;
using System.Text;

namespace SecurityToolchain.Runtime.Tests.PublicApi;

/// <summary>Writes the public types and members of an assembly as text, one a line, in ordinal order.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Compares an assembly with the golden file of its name beside the tests, and writes what it is if it differs.</summary>
    public static void AssertIsGolden(Assembly assembly)
    {
        string actual = Describe(assembly);
        string golden = Path.Combine(AppContext.BaseDirectory, "PublicApi", $"{assembly.GetName().Name}.txt");
        string expected = File.Exists(golden) ? File.ReadAllText(golden).ReplaceLineEndings("\n") : string.Empty;
        string received = golden.Replace(".txt", ".received.txt", StringComparison.Ordinal);
        if (!string.Equals(expected, actual, StringComparison.Ordinal))
            File.WriteAllText(received, actual);
        Assert.True(string.Equals(expected, actual, StringComparison.Ordinal), $"The public surface changed; compare with {received}");
    }

    public static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(static type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(Name(type)).Append('\n');
            IEnumerable<string> members = type.GetMembers(Declared).Select(Describe).OfType<string>().Distinct().Order(StringComparer.Ordinal);
            foreach (string member in members)
                text.Append("  ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static string? Describe(MemberInfo member) => member switch
    {
        _ when member.Name.Contains('<', StringComparison.Ordinal) => null,
        ConstructorInfo constructor when IsVisible(constructor) && !constructor.IsStatic => $"new({Parameters(constructor)})",
        MethodInfo method when IsVisible(method) && !IsAccessor(method) => $"{Static(method)}{method.Name}{Generic(method)}({Parameters(method)}): {Name(method.ReturnType)}",
        PropertyInfo property when property.GetAccessors(nonPublic: true).Any(IsVisible) => $"{Static(property.GetAccessors(true)[0])}{property.Name}: {Name(property.PropertyType)} {{ {Accessors(property)}}}",
        FieldInfo field when (field.IsPublic || field.IsFamily) && !field.IsSpecialName =>
            $"{(field.IsLiteral ? $"const {field.Name}: {Name(field.FieldType)} = {field.GetRawConstantValue()}" : $"{field.Name}: {Name(field.FieldType)}")}",
        EventInfo entry when IsVisible(entry.AddMethod!) => $"event {entry.Name}: {Name(entry.EventHandlerType!)}",
        _ => null,
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static string Static(MethodBase method) => method.IsStatic ? "static " : string.Empty;

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : string.Empty;

    private static string Accessors(PropertyInfo property) =>
        (property.GetMethod is { } get && IsVisible(get) ? "get; " : string.Empty)
        + (property.SetMethod is { } set && IsVisible(set)
            ? set.ReturnParameter.GetRequiredCustomModifiers().Length > 0 ? "init; " : "set; "
            : string.Empty);

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(static parameter =>
        $"{(parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? "ref " : string.Empty)}{Name(parameter.ParameterType)} {parameter.Name}{(parameter.IsOptional ? "?" : string.Empty)}"));

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (type.IsGenericParameter)
            return type.Name;
        string name = type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true && !type.IsNested ? type.Name : (type.FullName ?? type.Name);
        int tick = name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? name : $"{name[..tick]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
