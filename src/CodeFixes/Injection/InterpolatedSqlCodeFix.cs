using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Simplification;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>Replaces EF Core's raw SQL methods by those that take an interpolated string and make a parameter of each hole.</summary>
public sealed class InterpolatedSqlCodeFix : SqlTextCodeFix
{
    private const string Title = "Use the interpolated overload";

    private static readonly Dictionary<string, string[]> s_replacements = new()
    {
        ["FromSqlRaw"] = ["FromSql", "FromSqlInterpolated"],
        ["ExecuteSqlRaw"] = ["ExecuteSql", "ExecuteSqlInterpolated"],
        ["ExecuteSqlRawAsync"] = ["ExecuteSqlAsync", "ExecuteSqlInterpolatedAsync"],
        ["SqlQueryRaw"] = ["SqlQuery"],
    };

    private protected override void Register(CodeFixContext context, SyntaxNode root, SemanticModel model, SqlTextTarget target)
    {
        if (target.AtSink.Parent is not ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax invocation } argument || Rewrite(target, argument, invocation, model, context.CancellationToken) is not { } edits)
            return;
        context.RegisterCodeFix(
            CodeAction.Create(Title, cancellation => ApplyAsync(context.Document, edits, cancellation), equivalenceKey: nameof(SqlQueryCodeFix)),
            context.Diagnostics);
    }

    private static async Task<Document> ApplyAsync(Document document, List<(SyntaxNode Old, SyntaxNode New)> edits, CancellationToken cancellation)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        foreach ((SyntaxNode old, SyntaxNode replacement) in edits)
            editor.ReplaceNode(old, replacement);
        return editor.GetChangedDocument();
    }

    private static List<(SyntaxNode Old, SyntaxNode New)>? Rewrite(
        SqlTextTarget target, ArgumentSyntax argument, InvocationExpressionSyntax invocation, SemanticModel model, CancellationToken cancellation)
    {
        if (model.GetOperation(invocation, cancellation) is not IInvocationOperation call || NewName(call.TargetMethod) is not { } newName)
            return null;
        SimpleNameSyntax? name = invocation.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            MemberBindingExpressionSyntax binding => binding.Name,
            _ => null,
        };
        if (name is null || argument.NameColon is not null || ValuesOf(call, argument) is not { } values)
            return null;
        ImmutableArray<SqlSegment> segments = FillPlaceholders(SqlTemplateReader.Read(target.Made, model, cancellation), values, model, cancellation);
        if (segments.IsEmpty || SqlParameterPlan.Create(segments, [], keepsInertParts: false) is not { } plan)
            return null;

        ExpressionSyntax text = SqlText.AsInterpolated(plan).WithTriviaFrom(target.Made);
        var edits = new List<(SyntaxNode Old, SyntaxNode New)>();
        SyntaxToken identifier = SyntaxFactory.Identifier(newName).WithTriviaFrom(name.Identifier);
        ArgumentListSyntax arguments = invocation.ArgumentList;
        SeparatedSyntaxList<ArgumentSyntax> kept = arguments.Arguments;
        for (int i = kept.Count - 1; i >= 0; i--)
        {
            if (values.Contains(kept[i].Expression))
                kept = kept.RemoveAt(i);
        }

        if (target.Local is null)
        {
            int index = arguments.Arguments.IndexOf(argument);
            index -= arguments.Arguments.Take(index).Count(one => values.Contains(one.Expression));
            kept = kept.Replace(kept[index], kept[index].WithExpression(text));
        }
        else
        {
            TypeSyntax formattable = SyntaxFactory.ParseTypeName("global::System.FormattableString")
                .WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation)
                .WithTriviaFrom(target.Local.Type);
            edits.Add((target.Local.Type, formattable));
            edits.Add((target.Made, text));
        }

        InvocationExpressionSyntax renamed = invocation.ReplaceNode(name, name.WithIdentifier(identifier));
        edits.Add((invocation, renamed.WithArgumentList(arguments.WithArguments(kept))));
        return edits;
    }

    private static string? NewName(IMethodSymbol method)
    {
        IMethodSymbol definition = method.ReducedFrom ?? method;
        if (!s_replacements.TryGetValue(definition.Name, out string[]? names) || definition.ContainingNamespace.ToDisplayString() != "Microsoft.EntityFrameworkCore")
            return null;
        return names.FirstOrDefault(name => definition.ContainingType.GetMembers(name).OfType<IMethodSymbol>()
            .Any(static one => one.Parameters.Any(static parameter => parameter.Type.Name == "FormattableString")));
    }

    /// <summary>The expressions that are passed for <c>{0}</c>, <c>{1}</c> ...; null when they are not passed one by one.</summary>
    private static List<ExpressionSyntax>? ValuesOf(IInvocationOperation call, ArgumentSyntax text)
    {
        var values = new List<ExpressionSyntax>();
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter?.Name != "parameters" || argument.ArgumentKind == ArgumentKind.DefaultValue)
                continue;
            if (argument.ArgumentKind != ArgumentKind.ParamArray || argument.Value is not IArrayCreationOperation { Initializer: { } initializer })
                return null;
            foreach (IOperation element in initializer.ElementValues)
            {
                IOperation value = element is IConversionOperation conversion ? conversion.Operand : element;
                if (value.Syntax is not ExpressionSyntax expression || value.Syntax == text.Expression || value.Type?.AllInterfaces.Any(static one => one.Name == "IDataParameter") == true)
                    return null;
                values.Add(expression);
            }
        }

        return values;
    }

    private static ImmutableArray<SqlSegment> FillPlaceholders(ImmutableArray<SqlSegment> segments, List<ExpressionSyntax> values, SemanticModel model, CancellationToken cancellation)
    {
        if (values.Count == 0)
            return segments;
        ImmutableArray<SqlSegment>.Builder filled = ImmutableArray.CreateBuilder<SqlSegment>();
        foreach (SqlSegment segment in segments)
        {
            if (segment.IsHole || segment.Expression is not null)
            {
                filled.Add(segment);
                continue;
            }

            bool split = CompositeFormat.TrySplit(
                segment.Text!,
                text =>
                {
                    if (text.Length > 0)
                        filled.Add(new SqlSegment(text, null, null, null));
                },
                (index, format) =>
                {
                    if (index >= values.Count || format is not null)
                        return false;
                    filled.Add(new SqlSegment(null, values[index], null, model.GetTypeInfo(values[index], cancellation).Type));
                    return true;
                });
            if (!split)
                return ImmutableArray<SqlSegment>.Empty;
        }

        return filled.ToImmutable();
    }
}
