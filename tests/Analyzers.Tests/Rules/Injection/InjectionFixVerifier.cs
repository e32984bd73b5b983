using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

/// <summary>Verifies the fix of an injection rule on members of an ASP.NET Core controller whose file imports what fixes need.</summary>
internal static class InjectionFixVerifier
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.IO;
        using System.IO.Compression;
        using System.Net.Http;
        using System.Security;
        using System.Text.Encodings.Web;
        using System.Text.RegularExpressions;
        using System.Threading.Tasks;
        using System.Xml;
        using System.Xml.Xsl;
        using Microsoft.AspNetCore.Html;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.Extensions.Logging;
        using SecurityToolchain.Runtime.Files;

        public class HomeController : Controller
        {
            private readonly string _root = "/data";


        """;

    /// <summary>Checks what a fix makes of members; one by one and with fix-all.</summary>
    public static Task VerifyAsync<TAnalyzer, TFix>(string id, string before, string after, bool hasRuntime = true)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() =>
        CodeFixVerifier.VerifyAsync<TAnalyzer, TFix>(Whole(before, hasRuntime), Whole(after, hasRuntime), Options(id, hasRuntime));

    /// <summary>Checks that nothing is offered.</summary>
    public static Task VerifyNoFixAsync<TAnalyzer, TFix>(string id, string members, bool hasRuntime = true)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() =>
        CodeFixVerifier.VerifyNoFixAsync<TAnalyzer, TFix>(Whole(members, hasRuntime), Options(id, hasRuntime));

    private static string Whole(string members, bool hasRuntime) =>
        (hasRuntime ? Usings : Usings.Replace("using SecurityToolchain.Runtime.Files;\n", "", StringComparison.Ordinal)) + string.Join('\n', members.Split('\n').Select(static line => line.Length == 0 ? line : "    " + line)) + "\n}\n";

    private static VerifierOptions Options(string id, bool hasRuntime) => VerifierOptions.Default with
    {
        Ids = [id],
        References = hasRuntime ? null : [.. TestReferences.All.Where(static reference => !Path.GetFileName(reference.Display!).StartsWith("SecurityToolchain.Runtime", StringComparison.Ordinal))],
    };
}
