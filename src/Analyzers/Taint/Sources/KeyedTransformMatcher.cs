using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Taint.Model;
using SecurityToolchain.Analyzers.Taint.Sanitizers;

namespace SecurityToolchain.Analyzers.Taint.Sources;

/// <summary>Authentication codes and signatures: who lacks the key cannot guess them, nor a token that carries one.</summary>
internal sealed class KeyedTransformMatcher : ISourceMatcher
{
    /// <inheritdoc/>
    public SourceKinds Kinds => SourceKinds.StrongRandom;

    /// <inheritdoc/>
    public ImmutableArray<OperationKind> Operations { get; } = ImmutableArray.Create(OperationKind.Invocation);

    /// <inheritdoc/>
    public SourceKinds MatchSymbol(ISymbol symbol) => SourceKinds.None;

    /// <inheritdoc/>
    public SourceKinds MatchOperation(IOperation operation)
    {
        if (operation is not IInvocationOperation { TargetMethod: { Name: "HashData" or "ComputeHash" or "SignData" or "SignHash" or "Protect" } method })
            return SourceKinds.None;
        bool isKeyed = method.Name switch
        {
            "HashData" => method.ContainingType.BaseType?.Name == "HMAC",
            "ComputeHash" => KeyedReceiver.IsKeyed(operation),
            _ => method.ContainingNamespace.Name is "Cryptography" or "DataProtection",
        };
        return isKeyed ? SourceKinds.StrongRandom : SourceKinds.None;
    }

    /// <inheritdoc/>
    public string? Describe(ISymbol? symbol, IOperation? operation) => null;
}
