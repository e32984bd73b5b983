using System.Collections.Immutable;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>CWE-1333: input as a regular expression.</summary>
internal static class RegexInjection
{
    // RegexOptions.NonBacktracking; the type of this assembly's framework does not have it.
    private const int NonBacktracking = 1024;

    /// <summary>The rule. A pattern that cannot backtrack takes linear time; one with a timeout is a lesser problem.</summary>
    public static readonly TaintRule Rule = new(RuleCatalogue.RegexInjection, SourceKinds.Untrusted, SinkKinds.RegexPattern)
    {
        Review = static flow => Review(flow.SinkOperation),
    };

    private static TaintVerdict Review(IOperation sink)
    {
        ImmutableArray<IArgumentOperation> arguments = sink switch
        {
            IInvocationOperation call => call.Arguments,
            IObjectCreationOperation creation => creation.Arguments,
            _ => ImmutableArray<IArgumentOperation>.Empty,
        };
        if (arguments.Any(static argument => argument.Value.ConstantValue is { HasValue: true, Value: int options } && argument.Value.Type?.Name == nameof(RegexOptions) && (options & NonBacktracking) != 0))
            return TaintVerdict.Drop;
        return arguments.Any(static argument => argument.Parameter?.Name == "matchTimeout") ? TaintVerdict.ReportAs(DiagnosticSeverity.Info) : TaintVerdict.Report;
    }
}
