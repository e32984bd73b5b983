using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SecurityToolchain.CodeFixes.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>Fixes STC1004: programs of Windows from its system folder, everything else with an extension from the program's own folder.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ExecutableSearchPathCodeFix)), Shared]
public sealed class ExecutableSearchPathCodeFix : SinkCodeFix
{
    private static readonly HashSet<string> s_system = new(StringComparer.OrdinalIgnoreCase)
    {
        "cmd", "reg", "regsvr32", "rundll32", "net", "netsh", "sc", "schtasks", "tasklist", "taskkill", "ipconfig", "ping", "tracert", "whoami", "wmic", "notepad", "calc", "where", "xcopy", "robocopy", "icacls",
        "certutil", "bcdedit", "shutdown", "mshta", "cscript", "wscript", "msiexec", "systeminfo", "hostname", "nslookup", "arp", "route", "netstat", "findstr", "attrib", "takeown", "control", "mmc", "tar", "curl",
    };

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("STC1004");

    private protected override string Title => "Name the full path";

    private protected override CompilationUnitSyntax? Rewrite(CompilationUnitSyntax root, ExpressionSyntax sink, Diagnostic diagnostic, SemanticModel model)
    {
        if (sink is not LiteralExpressionSyntax { Token.Value: string name } || name.IndexOfAny(['/', '\\', ' ', ';']) >= 0)
            return null;
        int dot = name.LastIndexOf('.');
        string stem = dot < 0 ? name : name.Substring(0, dot);
        string? folder = s_system.Contains(stem) && (dot < 0 || name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase))
            ? "Environment.SystemDirectory"
            : dot > 0 ? "AppContext.BaseDirectory" : null;
        if (folder is null)
            return null;
        string file = folder == "Environment.SystemDirectory" && dot < 0 ? name + ".exe" : name;
        string literal = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(file)).ToString();
        CompilationUnitSyntax changed = root.ReplaceNode(sink, SyntaxFactory.ParseExpression("Path.Combine(" + folder + ", " + literal + ")").WithTriviaFrom(sink));
        return UsingDirectives.Add(UsingDirectives.Add(changed, "System.IO", model), "System", model);
    }
}
