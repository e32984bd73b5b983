using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

/// <summary>Verifies one flow rule on code in an ASP.NET Core controller, or on whole sources.</summary>
internal static class InjectionVerifier
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.IO;
        using System.IO.Compression;
        using System.Linq;
        using System.Net;
        using System.Net.Http;
        using System.Text;
        using System.Text.RegularExpressions;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.Extensions.Logging;
        using Microsoft.Data.Sqlite;
        using Microsoft.EntityFrameworkCore;
        using Dapper;

        """;

    /// <summary>Verifies members of a controller; every string parameter of a public method is a request value.</summary>
    public static Task VerifyActionAsync(string id, string members, string? more = null, string? config = null) =>
        VerifyAsync(id, "public class HomeController : Controller\n{\n" + members + "\n}\n" + more, config);

    /// <summary>Verifies type declarations.</summary>
    public static async Task VerifyAsync(string id, string source, string? threatModels = null)
    {
        VerifierOptions options = VerifierOptions.Default with { Ids = [id] };
        if (threatModels is not null)
            options = options with { AnalyzerConfig = new Dictionary<string, string> { ["security_toolchain.threat_models"] = threatModels } };
        await Verifier.VerifyAsync<TaintAnalyzer>(Usings + source, options);
    }
}
