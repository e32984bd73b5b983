using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Flow;

namespace SecurityToolchain.Analyzers.Rules.Cryptography.Nonces;

/// <summary>Methods of the compilation that encrypt with a nonce of their caller.</summary>
internal sealed class NonceHelpers
{
    /// <summary>A chain of helpers longer than this is not followed.</summary>
    private const int MostDepth = 3;

    [System.ThreadStatic]
    private static int t_depth;

    private readonly Compilation _compilation;
    private readonly CipherTypes _types;
    private readonly CancellationToken _cancellation;
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<EncryptionSite>> _summaries = new(SymbolEqualityComparer.Default);

    public NonceHelpers(Compilation compilation, CipherTypes types, CancellationToken cancellation)
    {
        _compilation = compilation;
        _types = types;
        _cancellation = cancellation;
    }

    /// <summary>Whether a called method of the compilation leaves the content of an argument as it is.</summary>
    public static bool KeepsContent(IArgumentOperation argument, CancellationToken cancellation) =>
        argument.Parameter is { ContainingSymbol: IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: false } method } parameter
        && !WrittenNames.In(method, cancellation).Contains(parameter.Name);

    /// <summary>The messages that a call encrypts, in the caller's variables.</summary>
    public IEnumerable<EncryptionSite> Sites(IInvocationOperation invocation, EncryptionReader reader, ControlFlowGraph caller)
    {
        IMethodSymbol method = invocation.TargetMethod.OriginalDefinition;
        if (method.DeclaringSyntaxReferences.IsEmpty || invocation.Arguments.IsEmpty && method.MethodKind != MethodKind.LocalFunction && invocation.Instance is not IInstanceReferenceOperation)
            yield break;
        foreach (EncryptionSite site in Summary(method, caller))
        {
            if (Map(site.Nonce, invocation, reader) is not { } nonce)
                continue;
            SyntaxNode place = invocation.Arguments.FirstOrDefault(argument => SymbolEqualityComparer.Default.Equals(argument.Parameter?.OriginalDefinition, site.Nonce))?.Value.Syntax
                ?? invocation.Syntax;
            yield return new EncryptionSite(nonce, site.Key is null ? null : Map(site.Key, invocation, reader), place);
        }
    }

    private ImmutableArray<EncryptionSite> Summary(IMethodSymbol method, ControlFlowGraph caller)
    {
        if (_summaries.TryGetValue(method, out ImmutableArray<EncryptionSite> known))
            return known;
        if (t_depth >= MostDepth)
            return [];
        t_depth++;
        try
        {
            ControlFlowGraph? graph = method.MethodKind == MethodKind.LocalFunction
                ? BodyGraphs.OfLocalFunction(method, caller, _cancellation)
                : BodyGraphs.Of(_compilation, method, _cancellation);
            ImmutableArray<EncryptionSite> sites = graph is null ? [] : new NonceFlow(_types, this, graph, _cancellation).Summarize();
            ImmutableArray<EncryptionSite> outer =
                [.. sites.Where(site => !SymbolEqualityComparer.Default.Equals(site.Nonce.ContainingSymbol, method) || site.Nonce is IParameterSymbol)
                    .Where(site => !WrittenNames.In(method, _cancellation).Contains(site.Nonce.Name))];
            return _summaries.GetOrAdd(method, outer);
        }
        finally
        {
            t_depth--;
        }
    }

    private static ISymbol? Map(ISymbol symbol, IInvocationOperation invocation, EncryptionReader reader)
    {
        if (symbol is IParameterSymbol parameter && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, invocation.TargetMethod.OriginalDefinition))
        {
            IArgumentOperation? argument = invocation.Arguments.FirstOrDefault(candidate => SymbolEqualityComparer.Default.Equals(candidate.Parameter?.OriginalDefinition, parameter));
            return argument is null ? null : reader.Variable(argument.Value);
        }

        return symbol switch
        {
            IFieldSymbol or IPropertySymbol => invocation.Instance is null or IInstanceReferenceOperation ? symbol : null,
            ILocalSymbol or IParameterSymbol when invocation.TargetMethod.MethodKind == MethodKind.LocalFunction => symbol,
            _ => null,
        };
    }
}
