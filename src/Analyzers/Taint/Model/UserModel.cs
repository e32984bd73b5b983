using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using SecurityToolchain.Analyzers.Rules;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>
/// Rows that users add: every additional file named <c>security-toolchain.models.json</c> or ending in <c>.security-toolchain.models.json</c>.
/// docs/taint.md has the schema. A row that is not understood is reported with its line and ignored; the others count.
/// </summary>
internal static class UserModel
{
    /// <summary>The name of the files.</summary>
    public const string FileName = "security-toolchain.models.json";

    /// <summary>Reads all files.</summary>
    /// <param name="options">The compilation's additional files.</param>
    /// <param name="problems">Takes a diagnostic for each row that is not understood.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    public static ImmutableArray<ModelRow> Read(AnalyzerOptions options, ICollection<Diagnostic> problems, CancellationToken cancellationToken)
    {
        ImmutableArray<ModelRow>.Builder? rows = null;
        foreach (AdditionalText file in options.AdditionalFiles)
        {
            string name = file.Path.Substring(file.Path.LastIndexOfAny(s_separators) + 1);
            if (!name.Equals(FileName, StringComparison.OrdinalIgnoreCase) && !name.EndsWith("." + FileName, StringComparison.OrdinalIgnoreCase))
                continue;
            if (file.GetText(cancellationToken) is { } text)
                ReadFile(file.Path, text, rows ??= ImmutableArray.CreateBuilder<ModelRow>(), problems);
        }

        return rows?.ToImmutable() ?? ImmutableArray<ModelRow>.Empty;
    }

    private static readonly char[] s_separators = ['/', '\\'];

    private static void ReadFile(string path, SourceText text, ImmutableArray<ModelRow>.Builder rows, ICollection<Diagnostic> problems)
    {
        var reader = new UserModelReader(text.ToString());
        IReadOnlyList<UserRow> read = reader.Read(out (int Position, string Expected)? error);
        foreach (UserRow row in read)
        {
            if (row.ToModelRow(out string? expected, out string key) is { } modelRow)
                rows.Add(modelRow);
            else
                Report(row.Position, key, row.Value(key) ?? string.Empty, expected ?? "a row");
        }

        if (error is { } broken)
            Report(broken.Position, FileName, Excerpt(text, broken.Position), broken.Expected);

        void Report(int position, string key, string value, string expected)
        {
            var span = new TextSpan(Math.Min(position, text.Length), 0);
            var location = Location.Create(path, span, text.Lines.GetLinePositionSpan(span));
            problems.Add(Diagnostic.Create(RuleCatalogue.InvalidConfiguration, location, key, value, expected));
        }
    }

    private static string Excerpt(SourceText text, int position)
    {
        int start = Math.Min(position, text.Length);
        string rest = text.ToString(TextSpan.FromBounds(start, Math.Min(start + 12, text.Length)));
        return rest.Split('\n')[0].Trim();
    }
}
