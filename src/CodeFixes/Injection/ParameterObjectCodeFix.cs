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
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>Moves values out of a Dapper or linq2db query into its anonymous parameter object, which is made or extended.</summary>
public sealed class ParameterObjectCodeFix : SqlTextCodeFix
{
    private const string Title = "Pass the values in the parameter object";

    private protected override void Register(CodeFixContext context, SyntaxNode root, SemanticModel model, SqlTextTarget target)
    {
        if (target.AtSink.Parent is not ArgumentSyntax { Parent: ArgumentListSyntax list } argument || Rewrite(target, argument, list, model, context.CancellationToken) is not { } edits)
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
        SqlTextTarget target, ArgumentSyntax textArgument, ArgumentListSyntax list, SemanticModel model, CancellationToken cancellation)
    {
        if (list.Parent is null || FindParameters(list.Parent, model, cancellation) is not { } parameters)
            return null;
        (ArgumentSyntax? Written, string Name, int Ordinal) slot = parameters;
        var existing = slot.Written?.Expression as AnonymousObjectCreationExpressionSyntax;
        if (slot.Written is not null && existing is null && !slot.Written.Expression.IsKind(SyntaxKind.NullLiteralExpression))
            return null;

        IEnumerable<string> taken = existing is null ? [] : existing.Initializers.Select(NameOf);
        ImmutableArray<SqlSegment> segments = SqlTemplateReader.Read(target.Made, model, cancellation);
        if (segments.IsEmpty || SqlParameterPlan.Create(segments, taken, keepsInertParts: true) is not { } plan || plan.Values.Any(static value => value.Type is IArrayTypeSymbol))
            return null;

        AnonymousObjectCreationExpressionSyntax values = (existing ?? SyntaxFactory.AnonymousObjectCreationExpression())
            .AddInitializers(plan.Values.Select(Member).ToArray()).WithAdditionalAnnotations(Formatter.Annotation);
        ExpressionSyntax text = SqlText.WithParameters(plan, "@").WithTriviaFrom(target.Made);
        SeparatedSyntaxList<ArgumentSyntax> arguments = list.Arguments;
        int textIndex = arguments.IndexOf(textArgument);
        if (target.Local is null)
            arguments = arguments.Replace(arguments[textIndex], arguments[textIndex].WithExpression(text));
        if (slot.Written is not null)
        {
            int index = list.Arguments.IndexOf(slot.Written);
            arguments = arguments.Replace(arguments[index], arguments[index].WithExpression(values.WithTriviaFrom(slot.Written.Expression)));
        }
        else
        {
            bool positional = textArgument.NameColon is null && arguments.Skip(textIndex + 1).All(static argument => argument.NameColon is not null) && slot.Ordinal == 1;
            ArgumentSyntax added = SyntaxFactory.Argument(values.WithLeadingTrivia(SyntaxFactory.Space));
            if (!positional)
                added = added.WithNameColon(SyntaxFactory.NameColon(slot.Name).WithLeadingTrivia(SyntaxFactory.Space)).WithExpression(values.WithLeadingTrivia(SyntaxFactory.Space));
            if (!positional && arguments.Skip(textIndex + 1).Any(static argument => argument.NameColon is null))
                return null;
            arguments = arguments.Insert(textIndex + 1, added);
        }

        var edits = new List<(SyntaxNode Old, SyntaxNode New)> { (list, list.WithArguments(arguments)) };
        if (target.Local is not null)
            edits.Add((target.Made, text));
        return edits;
    }

    private static string NameOf(AnonymousObjectMemberDeclaratorSyntax member) => member.NameEquals?.Name.Identifier.ValueText ?? member.Expression switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => string.Empty,
    };

    private static AnonymousObjectMemberDeclaratorSyntax Member(SqlParameterValue value)
    {
        ExpressionSyntax expression = value.Expression.WithoutTrivia();
        return expression is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == value.Name
            ? SyntaxFactory.AnonymousObjectMemberDeclarator(expression)
            : SyntaxFactory.AnonymousObjectMemberDeclarator(SyntaxFactory.NameEquals(value.Name), expression);
    }

    /// <summary>The argument for the parameter object, its parameter's name, and its place after the text.</summary>
    private static (ArgumentSyntax? Written, string Name, int Ordinal)? FindParameters(SyntaxNode call, SemanticModel model, CancellationToken cancellation)
    {
        (IMethodSymbol? method, ImmutableArray<IArgumentOperation> arguments) = model.GetOperation(call, cancellation) switch
        {
            IInvocationOperation invocation => (invocation.TargetMethod, invocation.Arguments),
            IObjectCreationOperation creation => (creation.Constructor, creation.Arguments),
            _ => (null, ImmutableArray<IArgumentOperation>.Empty),
        };
        if (method is null)
            return null;
        string space = method.ContainingNamespace.ToDisplayString();
        if (space == "Dapper")
        {
            IArgumentOperation? found = arguments.FirstOrDefault(static argument => argument.Parameter is { Name: "param" or "parameters", Type.SpecialType: SpecialType.System_Object });
            IArgumentOperation? text = arguments.FirstOrDefault(static argument => argument.Parameter is { Name: "sql" or "commandText" });
            if (found?.Parameter is null || text?.Parameter is null)
                return null;
            return (found.ArgumentKind == ArgumentKind.DefaultValue ? null : found.Syntax as ArgumentSyntax, found.Parameter.Name, found.Parameter.Ordinal - text.Parameter.Ordinal);
        }

        if (space != "LinqToDB.Data")
            return null;
        IArgumentOperation? values = arguments.FirstOrDefault(static argument => argument.Parameter is { Name: "parameter" or "parameters" });
        if (values is { ArgumentKind: ArgumentKind.Explicit, Parameter.Type.SpecialType: SpecialType.System_Object })
            return (values.Syntax as ArgumentSyntax, values.Parameter.Name, 1);
        bool hasObjectOverload = method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>()
            .Any(static one => one.Parameters.Any(static parameter => parameter is { Name: "parameter" or "parameters", Type.SpecialType: SpecialType.System_Object }));
        return values is null && hasObjectOverload ? (null, "parameter", 1) : null;
    }
}
