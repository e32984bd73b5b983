using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>
/// Offers the one rewrite that fits the query: the interpolated overload of Entity Framework, the parameter object of Dapper and linq2db,
/// or parameters of an ADO.NET command. One provider, because <c>dotnet format</c> applies only one provider for each id and run.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SqlQueryCodeFix)), Shared]
public sealed class SqlQueryCodeFix : CodeFixProvider
{
    private static readonly ImmutableArray<CodeFixProvider> s_rewrites = ImmutableArray.Create<CodeFixProvider>(
        new InterpolatedSqlCodeFix(), new ParameterObjectCodeFix(), new SqlParameterCodeFix());

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => FixableIds;

    /// <summary>The rules that report the text of a query.</summary>
    internal static ImmutableArray<string> FixableIds { get; } = ImmutableArray.Create("STC1001", "STC1023");

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => ProjectWideFixAll.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        // The shapes of the targets exclude each other, so at most one of them registers.
        foreach (CodeFixProvider rewrite in s_rewrites)
            await rewrite.RegisterCodeFixesAsync(context).ConfigureAwait(false);
    }
}
