using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>
/// Decides which parts of a SQL text are worth a finding. A part that callers decide is looked up at every call; a text that is handed through
/// whole is judged where it is made.
/// </summary>
internal sealed class SqlTextReview
{
    private const int MostTexts = 200;

    private readonly SourceIndex _index;
    private readonly ConstantConditions _conditions;

    /// <summary>Creates a review over a compilation's sources, or over those of one file.</summary>
    public SqlTextReview(SourceIndex index)
    {
        _index = index;
        _conditions = new ConstantConditions(index);
    }

    /// <summary>The findings for one SQL text: at the text itself, or at calls of the methods that pass it on.</summary>
    public IReadOnlyList<SqlTextFinding> Find(IOperation text, bool isAppended, ISymbol member, CancellationToken cancellation)
    {
        var findings = new List<SqlTextFinding>();
        if (_conditions.IsDead(text))
            return findings;
        var open = new Queue<(IOperation Text, bool IsAppended)>();
        var seen = new HashSet<SyntaxNode>();
        open.Enqueue((text, isAppended));
        while (open.Count > 0 && seen.Count < MostTexts)
        {
            (IOperation current, bool appended) = open.Dequeue();
            if (!seen.Add(current.Syntax) || IsPlainFormattable(current))
                continue;
            bool reported = false;
            foreach (TextOrigin origin in TextOriginEvaluator.Find(current, appended, _index, cancellation))
            {
                if (!reported && Decide(origin, cancellation) is { } blamed)
                {
                    reported = true;
                    findings.Add(new SqlTextFinding(current, blamed, member));
                }

                if (!origin.IsEmbedded && origin.Parameter is { } parameter)
                {
                    foreach (IOperation passed in PassedTo(parameter))
                        open.Enqueue((passed, false));
                }
            }
        }

        return findings;
    }

    /// <summary>An interpolated string that is taken as FormattableString keeps its parts apart.</summary>
    private static bool IsPlainFormattable(IOperation text) => text.Type is { Name: "FormattableString" or "IFormattable" };

    /// <summary>The origin to name in a finding, or null when there is nothing to report.</summary>
    private TextOrigin? Decide(TextOrigin origin, CancellationToken cancellation)
    {
        switch (origin.Kind)
        {
            case TextOriginKind.Input:
                return origin;
            case TextOriginKind.Unknown:
                // A whole text from a library, a file or a setting was written by somebody who may write queries.
                return origin.IsEmbedded ? origin : null;
            default:
                if (IsProgramArgument(origin.Parameter!))
                    return origin;
                return origin.IsEmbedded && !EveryCallerIsConstant(origin.Parameter!, cancellation) ? origin : null;
        }
    }

    private static bool IsProgramArgument(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { Name: "Main" or "<Main>$", IsStatic: true } && parameter.Type.TypeKind == TypeKind.Array;

    private bool EveryCallerIsConstant(IParameterSymbol first, CancellationToken cancellation)
    {
        var open = new Queue<IParameterSymbol>();
        var seen = new HashSet<IParameterSymbol>(SymbolEqualityComparer.Default);
        open.Enqueue(first);
        while (open.Count > 0)
        {
            IParameterSymbol parameter = open.Dequeue();
            if (!seen.Add(parameter))
                continue;
            if (seen.Count > MostTexts)
                return false;
            bool known = TryPassed(parameter, out List<IOperation> passed, out bool hasGroup);
            if (passed.Count == 0 && !(known && hasGroup))
                return false;
            foreach (IOperation argument in passed)
            {
                foreach (TextOrigin origin in TextOriginEvaluator.Find(argument, isEmbedded: true, _index, cancellation))
                {
                    if (origin.Parameter is null || IsProgramArgument(origin.Parameter))
                        return false;
                    open.Enqueue(origin.Parameter);
                }
            }
        }

        return true;
    }

    private List<IOperation> PassedTo(IParameterSymbol parameter)
    {
        TryPassed(parameter, out List<IOperation> passed, out _);
        return passed;
    }

    /// <summary>What the calls in this compilation pass; false when somebody else may call too.</summary>
    private bool TryPassed(IParameterSymbol parameter, out List<IOperation> passed, out bool hasGroup)
    {
        passed = [];
        hasGroup = false;
        if (parameter.ContainingSymbol is not IMethodSymbol method)
            return false;
        if (method.MethodKind == MethodKind.PropertySet)
        {
            foreach (IOperation write in method.AssociatedSymbol is null ? ImmutableArray<IOperation>.Empty : _index.WritesOf(method.AssociatedSymbol))
            {
                if (write is IAssignmentOperation assignment)
                    passed.Add(assignment.Value);
            }

            return true;
        }

        bool known = true;
        hasGroup = false;
        foreach (IMethodSymbol slot in SourceIndex.SlotsOf(method).Distinct<IMethodSymbol>(SymbolEqualityComparer.Default))
        {
            known &= slot.Locations.Any(static location => location.IsInSource);
            foreach (IOperation call in _index.CallsOf(slot))
            {
                ImmutableArray<IArgumentOperation> arguments = call switch
                {
                    IInvocationOperation invocation => invocation.Arguments,
                    IObjectCreationOperation creation => creation.Arguments,
                    _ => default,
                };
                if (arguments.IsDefault)
                {
                    // A method group: who holds the delegate is the flow engine's question.
                    hasGroup = true;
                    continue;
                }

                if (_conditions.IsDead(call))
                {
                    hasGroup = true;
                    continue;
                }

                foreach (IArgumentOperation argument in arguments)
                {
                    if (argument.Parameter?.Ordinal == parameter.Ordinal)
                        passed.Add(argument.Value);
                }
            }
        }

        return known;
    }
}
