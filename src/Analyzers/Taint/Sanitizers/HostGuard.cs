using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Injection.QueryText;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sanitizers;

/// <summary>Checks of a URL by its host: the host equals a constant or is in a set, the address is not private, the URL is local by its first characters.</summary>
internal sealed class HostGuard : IGuardMatcher
{
    private const SinkKinds Urls = SinkKinds.Redirect | SinkKinds.RequestHost | SinkKinds.ConnectionHost;

    /// <inheritdoc/>
    public void Match(IOperation condition, SinkSite site, ICollection<GuardFact> facts)
    {
        switch (condition.WithoutConversions())
        {
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                bool equal = comparison.OperatorKind == BinaryOperatorKind.Equals;
                AddHost(comparison.LeftOperand, equal, site, facts);
                AddHost(comparison.RightOperand, equal, site, facts);
                break;
            case IInvocationOperation { TargetMethod.Name: "Contains" or "Equals" or "ContainsKey" or "Any" or "EndsWith" or "Exists" } call:
                AddHost(call.Instance, true, site, facts);
                foreach (IArgumentOperation argument in call.Arguments)
                {
                    foreach (IOperation inner in argument.Value.DescendantsAndSelf())
                        AddHost(inner, true, site, facts);
                }

                break;
            case IInvocationOperation { TargetMethod: { Name: "StartsWith", ContainingType.SpecialType: SpecialType.System_String }, Instance: { } url } starts
                when starts.Arguments.Length > 0 && starts.Arguments[0].Value.ConstantValue is { HasValue: true, Value: "//" or "/\\" } && IsCheckedForSlash(starts, url, site):
                facts.Add(new GuardFact(url.WithoutConversions(), SinkKinds.Redirect, WhenTrue: false));
                break;
            case IIsPatternOperation { Pattern: IConstantPatternOperation or IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } } match:
                AddHost(match.Value, true, site, facts);
                break;
        }
    }

    /// <summary>For <c>uri.Host</c> and its kin: the URI, and the text that it was made of.</summary>
    private static void AddHost(IOperation? operation, bool whenTrue, SinkSite site, ICollection<GuardFact> facts)
    {
        if (operation?.WithoutConversions() is not IPropertyReferenceOperation { Property: { Name: "Host" or "IdnHost" or "DnsSafeHost" or "Authority", ContainingType.Name: "Uri" }, Instance: { } uri })
            return;
        IOperation value = uri.WithoutConversions();
        facts.Add(new GuardFact(value, Urls, whenTrue));
        foreach (IOperation text in TextsOf(value, site))
            facts.Add(new GuardFact(text.WithoutConversions(), Urls, whenTrue));
    }

    private static IEnumerable<IOperation> TextsOf(IOperation uri, SinkSite site)
    {
        if (uri is IObjectCreationOperation made)
            return made.Arguments.Select(static argument => argument.Value);
        if (uri is not ILocalReferenceOperation local || SourceIndex.For(site.Compilation).Surrounding(local) is not { } root)
            return [];
        var texts = new List<IOperation>();
        foreach (IOperation operation in root.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, local.Local)
                    && declarator.Initializer?.Value.WithoutConversions() is IObjectCreationOperation creation:
                    texts.AddRange(creation.Arguments.Select(static argument => argument.Value));
                    break;
                case IInvocationOperation { TargetMethod: { Name: "TryCreate", ContainingType.Name: "Uri" } } attempt
                    when attempt.Arguments.Any(argument => argument.Value.DescendantsAndSelf().Any(one => one is ILocalReferenceOperation passed && SymbolEqualityComparer.Default.Equals(passed.Local, local.Local))):
                    texts.Add(attempt.Arguments[0].Value);
                    break;
            }
        }

        return texts;
    }

    /// <summary>Whether the body also asks that the URL starts with a slash.</summary>
    private static bool IsCheckedForSlash(IInvocationOperation starts, IOperation url, SinkSite site)
    {
        if (SourceIndex.For(site.Compilation).Surrounding(starts) is not { } root)
            return false;
        string text = url.Syntax.ToString();
        return root.Descendants().Any(one => one switch
        {
            IInvocationOperation { TargetMethod.Name: "StartsWith", Instance: { } receiver } other when other.Arguments.Length > 0 =>
                receiver.Syntax.ToString() == text && other.Arguments[0].Value.ConstantValue is { HasValue: true, Value: "/" or '/' },
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, LeftOperand: IPropertyReferenceOperation { Instance: { } indexed } } =>
                indexed.Syntax.ToString() == text,
            _ => false,
        });
    }
}
