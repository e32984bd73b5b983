using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Injection.QueryText;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Injection.Decisions;

/// <summary>
/// STC1021: a branch that decides about rights asks what the client itself says (a cookie <c>isAdmin</c>, a header <c>X-User</c>, the Host header,
/// a forwarded address, a reverse DNS name), or a sign-in keeps the session that was there before (CWE-807, CWE-290, CWE-384).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UntrustedDecisionAnalyzer : PatternAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(RuleCatalogue.UntrustedSecurityDecision);

    private protected override void Start(PatternRegistration registration)
    {
        if (ClientTypes.Resolve(registration.Compilation) is not { } types)
            return;
        registration.OnOperation(operation => AnalyzeBranch(operation, types), OperationKind.Conditional);
        registration.OnOperation(operation => AnalyzeReturn(operation, types), OperationKind.Return);
        if (types.HasSessions)
            registration.OnOperation(static operation => AnalyzeSignIn(operation), OperationKind.Invocation);
    }

    private static void AnalyzeBranch(OperationAnalysisContext context, ClientTypes types)
    {
        var branch = (IConditionalOperation)context.Operation;
        if (branch.Condition.ConstantValue.HasValue || new ClientClaims(types, context.Compilation).Find(branch.Condition) is not { } claim)
            return;
        if ((claim != ClientClaims.ReverseDns && !GuardedCode.IsSensitive(branch, redirectsCount: claim != ClientClaims.HostHeader)) || IsDead(context) || new ConstantConditions(SourceIndex.For(context.Compilation)).Decide(branch.Condition) is not null)
            return;
        Report(context, branch.Condition, claim + " decides, and any client can send it; ask the signed-in user's claims");
    }

    /// <summary><c>bool IsAdmin() =&gt; Request.Cookies["admin"] == "1";</c></summary>
    private static void AnalyzeReturn(OperationAnalysisContext context, ClientTypes types)
    {
        if (context.Operation is not IReturnOperation { ReturnedValue: { Type.SpecialType: SpecialType.System_Boolean, ConstantValue.HasValue: false } value }
            || context.ContainingSymbol is not IMethodSymbol method || !ClientNames.AsksForRights(method.AssociatedSymbol?.Name ?? method.Name))
        {
            return;
        }

        if (value.WithoutConversions() is not IConditionalOperation && new ClientClaims(types, context.Compilation).Find(value) is { } claim && !IsDead(context))
            Report(context, value, claim + " decides, and any client can send it; ask the signed-in user's claims");
    }

    private static void AnalyzeSignIn(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (SessionRenewal.IsSignIn(call) && SessionRenewal.FindKeptSession(call, SourceIndex.For(context.Compilation)) is { } write && !IsDead(context))
            Report(context, write, "the session from before the sign-in goes on; clear it and let it get a new id first");
    }

    private static bool IsDead(OperationAnalysisContext context) => new ConstantConditions(SourceIndex.For(context.Compilation)).IsDead(context.Operation);

    private static void Report(OperationAnalysisContext context, IOperation place, string message) =>
        context.ReportDiagnostic(Diagnostic.Create(RuleCatalogue.UntrustedSecurityDecision, place.Syntax.GetLocation(), message));
}
