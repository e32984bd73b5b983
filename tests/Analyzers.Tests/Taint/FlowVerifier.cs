using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Taint;

/// <summary>Verifies sources that use a small vocabulary: <c>T.Source()</c> is untrusted, <c>T.Sink(...)</c> must not get it.</summary>
internal static class FlowVerifier
{
    private const string Prelude = """

        static class T
        {
            public static string Property { get; set; } = "";
            public static string Source() => "s";
            public static object SourceObject() => new object();
            public static void Sink(object? value) { }
            public static void Secret(object? value) { }
            public static void Conditional(string value, string mode) { }
            public static void Get(string url) { }
            public static string Clean(string value) => value;
            public static bool IsValid(string value) => value.Length > 2;
            public static void Require(string value) { }
            public static void Endpoint(string path, System.Delegate handler) { }
        }
        """;

    private const string Usings = """
        using System;
        using System.Collections;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Text;
        using System.Threading.Tasks;

        """;

    /// <summary>Verifies type declarations.</summary>
    public static Task VerifyAsync(string source, VerifierOptions? options = null) =>
        Verifier.VerifyAsync<FlowTestAnalyzer>(Usings + source + Prelude, options);

    /// <summary>The findings in type declarations without marks.</summary>
    public static Task<ImmutableArray<Diagnostic>> FindAsync(string source) => Verifier.FindAsync<FlowTestAnalyzer>(Usings + source + Prelude);

    /// <summary>Verifies the statements of one method.</summary>
    public static Task VerifyBodyAsync(string statements) => VerifyAsync("class C { void M(int number, bool flag) { " + statements + " } }");
}
