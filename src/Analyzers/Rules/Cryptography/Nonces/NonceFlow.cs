using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Flow;

namespace SecurityToolchain.Analyzers.Rules.Cryptography.Nonces;

/// <summary>
/// Follows the nonces of one body: encrypting uses a nonce up, assigning or filling its variable makes it fresh. A use on top of a use
/// under the same key is a reuse; a loop brings a use around to itself.
/// </summary>
internal sealed class NonceFlow : ForwardFlow<NonceState>
{
    private readonly CipherTypes _types;
    private readonly NonceHelpers _helpers;
    private readonly BodyLocals _locals;
    private readonly EncryptionReader _reader;
    private readonly List<NonceFinding> _findings;
    private readonly List<EncryptionSite> _sites = [];
    private HashSet<ISymbol>? _counted;

    public NonceFlow(CipherTypes types, NonceHelpers helpers, ControlFlowGraph graph, CancellationToken cancellation)
        : this(types, helpers, graph, BodyLocals.Read([graph.OriginalOperation]), [], cancellation)
    {
    }

    private NonceFlow(
        CipherTypes types, NonceHelpers helpers, ControlFlowGraph graph, BodyLocals locals, List<NonceFinding> findings, CancellationToken cancellation)
        : base(graph, cancellation)
    {
        _types = types;
        _helpers = helpers;
        _locals = locals;
        _findings = findings;
        _reader = new EncryptionReader(types, locals, FlowCaptures.Read(graph));
    }

    /// <summary>The reuses in the body, lambdas and local functions included.</summary>
    /// <param name="onEntry">Nonces that every call of the body finds used: fields that are filled once.</param>
    public IReadOnlyList<NonceFinding> Find(IEnumerable<EncryptionSite> onEntry)
    {
        var entry = new NonceState();
        foreach (EncryptionSite site in onEntry)
            entry.Use(site);
        Run(entry);
        foreach (IMethodSymbol local in Graph.LocalFunctions)
            new NonceFlow(_types, _helpers, Graph.GetLocalFunctionControlFlowGraph(local, Cancellation), _locals, _findings, Cancellation).Find([]);
        return _findings;
    }

    /// <summary>The parameters, and captured variables, that the body encrypts with before it fills them itself.</summary>
    public ImmutableArray<EncryptionSite> Summarize()
    {
        var entry = new NonceState();
        Run(entry);
        return [.. _sites];
    }

    protected override void Visit(IOperation operation, NonceState state, bool report)
    {
        switch (operation)
        {
            case IAssignmentOperation assignment:
                Refresh(assignment.Target, state);
                break;
            case IIncrementOrDecrementOperation increment:
                Refresh(increment.Target, state);
                break;
            case IArgumentOperation argument when NonceRefresh.MayWrite(argument) && _reader.Variable(argument.Value) is { } written:
                if (!NonceHelpers.KeepsContent(argument, Cancellation))
                    state.Refresh(written);
                break;
            case IInvocationOperation invocation:
                VisitCall(invocation, state, report);
                break;
            case IFlowAnonymousFunctionOperation lambda when report:
                VisitLambda(lambda);
                break;
        }
    }

    private void VisitCall(IInvocationOperation invocation, NonceState state, bool report)
    {
        if (invocation.TargetMethod.Name is "GenerateIV" or "GenerateKey" && invocation.Instance is { } cipher && _reader.Variable(cipher) is { } own)
        {
            state.Refresh(own);
            return;
        }

        if (_reader.Read(invocation) is { } direct)
        {
            Use(direct, state, report);
            return;
        }

        if (invocation.Instance is null or IInstanceReferenceOperation)
            state.RefreshMembers(WrittenNames.In(invocation.TargetMethod, Cancellation));
        foreach (EncryptionSite site in _helpers.Sites(invocation, _reader, Graph))
            Use(site, state, report);
    }

    private void Use(EncryptionSite site, NonceState state, bool report)
    {
        if (report)
        {
            _sites.Add(site);
            if (state.EarlierUse(site) is { } earlier && site.Nonce is not IFieldSymbol { IsStatic: true } && !IsCounted(site.Nonce))
                _findings.Add(new NonceFinding(site, earlier.Place.GetLocation()));
        }

        state.Use(site);
    }

    /// <summary>
    /// Whether the body changes single bytes of the nonce: it counts. Loops that carry from byte to byte look as if they could run
    /// no round, so that their branches say nothing about the next message.
    /// </summary>
    private bool IsCounted(ISymbol nonce)
    {
        if (_counted is null)
        {
            _counted = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
            foreach (IOperation operation in Graph.OriginalOperation.Descendants())
            {
                IOperation? target = operation switch
                {
                    IIncrementOrDecrementOperation increment => increment.Target,
                    IAssignmentOperation assignment => assignment.Target,
                    _ => null,
                };
                IOperation? bytes = target switch
                {
                    IArrayElementReferenceOperation element => element.ArrayReference,
                    IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } span } => span,
                    _ => null,
                };
                if (bytes is not null && _reader.Variable(bytes) is { } counted)
                    _counted.Add(counted);
            }
        }

        return _counted.Contains(nonce);
    }

    /// <summary>A lambda that a loop-like method calls for each element uses captured nonces again and again.</summary>
    private void VisitLambda(IFlowAnonymousFunctionOperation lambda)
    {
        ControlFlowGraph body = Graph.GetAnonymousFunctionControlFlowGraph(lambda, Cancellation);
        var inner = new NonceFlow(_types, _helpers, body, _locals, _findings, Cancellation);
        IOperation? parent = lambda.Parent;
        while (parent is IConversionOperation or IDelegateCreationOperation)
            parent = parent.Parent;
        bool repeats = parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Select" or "SelectMany" or "ForEach" or "ForEachAsync" or "For"
            or "ConvertAll" or "Aggregate" or "Invoke" or "SelectAwait" } };
        if (!repeats)
        {
            inner.Run(new NonceState());
            return;
        }

        var probe = new NonceFlow(_types, _helpers, body, _locals, [], Cancellation);
        var captured = new List<EncryptionSite>();
        foreach (EncryptionSite site in probe.Summarize())
        {
            if (!SymbolEqualityComparer.Default.Equals(site.Nonce.ContainingSymbol, lambda.Symbol))
                captured.Add(site);
        }

        inner.Find(captured);
    }

    private void Refresh(IOperation target, NonceState state)
    {
        switch (target)
        {
            case IArrayElementReferenceOperation element:
                if (_reader.Variable(element.ArrayReference) is { } array)
                    state.Refresh(array);
                break;
            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } indexed }:
                if (_reader.Variable(indexed) is { } span)
                    state.Refresh(span);
                break;
            case IPropertyReferenceOperation { Property.Name: "IV" or "Key", Instance: { } cipher }:
                if (_reader.Variable(cipher) is { } owner)
                    state.Refresh(owner);
                break;
            case IDeclarationExpressionOperation declaration:
                Refresh(declaration.Expression, state);
                break;
            case ITupleOperation tuple:
                foreach (IOperation part in tuple.Elements)
                    Refresh(part, state);
                break;
            case ILocalReferenceOperation local:
                state.Refresh(local.Local);
                break;
            case IParameterReferenceOperation parameter:
                state.Refresh(parameter.Parameter);
                break;
            case IFieldReferenceOperation field:
                state.Refresh(field.Field);
                break;
            case IPropertyReferenceOperation property:
                state.Refresh(property.Property);
                break;
        }
    }
}
