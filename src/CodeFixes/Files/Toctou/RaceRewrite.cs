using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Files.Toctou;

/// <summary>One way to remove a race.</summary>
/// <param name="Title">What the light bulb says.</param>
/// <param name="Apply">Changes the file.</param>
/// <param name="Namespaces">Namespaces that the changed code needs.</param>
internal sealed record RaceRewrite(string Title, Func<CompilationUnitSyntax, CompilationUnitSyntax> Apply, ImmutableArray<string> Namespaces);
