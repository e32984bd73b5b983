using Xunit;

namespace SecurityToolchain.Analyzers.Tests.Taint;

public sealed class StatementFlowTests
{
    [Fact]
    public Task Direct_IsReported() => FlowVerifier.VerifyBodyAsync("T.Sink([|T.Source()|]);");

    [Fact]
    public Task Constant_IsNotReported() => FlowVerifier.VerifyBodyAsync("T.Sink(\"x\");");

    [Fact]
    public Task Local_IsReported() => FlowVerifier.VerifyBodyAsync("string a = T.Source(); var b = a; T.Sink([|b|]);");

    [Fact]
    public Task OverwrittenLocal_IsNotReported() => FlowVerifier.VerifyBodyAsync("string a = T.Source(); a = \"x\"; T.Sink(a);");

    [Fact]
    public Task OneBranch_IsReported() => FlowVerifier.VerifyBodyAsync("string a = \"x\"; if (flag) a = T.Source(); T.Sink([|a|]);");

    [Fact]
    public Task BothBranchesOverwrite_IsNotReported() => FlowVerifier.VerifyBodyAsync("string a = T.Source(); if (flag) a = \"x\"; else a = \"y\"; T.Sink(a);");

    [Fact]
    public Task ConstantCondition_PrunesDeadBranch() => FlowVerifier.VerifyBodyAsync("string a = \"x\"; if (5 != 5) a = T.Source(); T.Sink(a); int n = 7; if (n * 2 > 100) T.Sink(T.Source());");

    [Fact]
    public Task ConstantCondition_TakesLiveBranch() => FlowVerifier.VerifyBodyAsync("string a; int n = 86; if ((7 * 42) - n > 200) a = T.Source(); else a = \"x\"; T.Sink([|a|]);");

    [Fact]
    public Task Switch_Goto_Labels() => FlowVerifier.VerifyBodyAsync("""
        string a = "x";
        switch (number) { case 1: a = T.Source(); goto case 2; case 2: T.Sink([|a|]); break; default: T.Sink("y"); break; }
        goto end;
        end: T.Sink([|a|]);
        """);

    [Fact]
    public Task SwitchOnConstant_TakesOneCase() => FlowVerifier.VerifyBodyAsync("""
        string a; switch ("ABC"[1]) { case 'A': a = T.Source(); break; case 'B': a = "b"; break; default: a = T.Source(); break; }
        T.Sink(a);
        """);

    [Fact]
    public Task SwitchExpression_IsReported() => FlowVerifier.VerifyBodyAsync("string a = number switch { 1 => \"x\", 2 => T.Source(), _ => \"y\" }; T.Sink([|a|]);");

    [Fact]
    public Task Loops_AreReported() => FlowVerifier.VerifyBodyAsync("""
        string a = "", b = "";
        for (int i = 0; i < 3; i++) { T.Sink([|b|]); b = a; a = T.Source(); }
        while (true) { a = T.Source(); break; }
        T.Sink([|a|]);
        do { a = "x"; } while (flag);
        T.Sink(a);
        """);

    [Fact]
    public Task TryCatchFinally_IsReported() => FlowVerifier.VerifyBodyAsync("""
        string a = "";
        try { a = T.Source(); Console.WriteLine(); a = "x"; } catch (Exception) { T.Sink([|a|]); } finally { Console.WriteLine(); }
        T.Sink([|a|]);
        """);

    [Fact]
    public Task Finally_Overwrites_IsNotReported() => FlowVerifier.VerifyBodyAsync("""
        string a = T.Source();
        try { Console.WriteLine(); } finally { a = "x"; }
        T.Sink(a);
        """);

    [Fact]
    public Task Exception_CarriesItsMessage() => FlowVerifier.VerifyBodyAsync("""
        try { throw new InvalidOperationException(T.Source()); } catch (Exception e) { T.Sink([|e.Message|]); }
        """);

    [Fact]
    public Task Exception_FromCallee_CarriesItsMessage() => FlowVerifier.VerifyAsync("""
        class C
        {
            void Fail(string s) { throw new InvalidOperationException(s); }
            void M() { try { Fail(T.Source()); } catch (Exception e) { T.Sink([|e.Message|]); } }
            void N() { try { Fail("x"); } catch (Exception e) { T.Sink(e.Message); } }
        }
        """);

    [Fact]
    public Task ConditionalAndCoalesce_AreReported() => FlowVerifier.VerifyBodyAsync("""
        string? n = null;
        T.Sink([|flag ? T.Source() : "x"|]);
        T.Sink([|n ?? T.Source()|]);
        string s = T.Source();
        T.Sink([|s?.Trim()|]);
        string? t = null; t ??= T.Source(); T.Sink([|t|]);
        """);

    [Fact]
    public Task CodeAfterThrowHelper_IsDead() => FlowVerifier.VerifyAsync("""
        class C
        {
            static void Fail() => throw new InvalidOperationException();
            void M(bool flag) { string a = "x"; if (flag) { a = T.Source(); Fail(); } T.Sink(a); }
        }
        """);

    [Fact]
    public Task ConstantFieldsAndMethods_PruneBranches() => FlowVerifier.VerifyAsync("""
        class C
        {
            private const bool Off = false;
            private static readonly int s_five = 5;
            private bool _never = false;
            private static bool No() => false;
            private static bool Changes = false;
            void M()
            {
                if (Off) T.Sink(T.Source());
                if (s_five != 5) T.Sink(T.Source());
                if (_never) T.Sink(T.Source());
                if (No()) T.Sink(T.Source());
                if (Changes) T.Sink([|T.Source()|]);
                Changes = true;
            }
        }
        """);
}
