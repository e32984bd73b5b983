using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sinks;

/// <summary>
/// Nonces of BouncyCastle and of what copies its interface. The types are known by name: they come in several packages under several
/// namespaces.
/// </summary>
internal sealed class LegacyCryptoNonceMatcher : ISinkMatcher
{
    /// <inheritdoc/>
    public SinkKinds Kinds => SinkKinds.Nonce;

    /// <inheritdoc/>
    public SinkKinds MatchSymbol(ISymbol target)
    {
        bool isNonce = target is IParameterSymbol { Name: "iv" or "nonce", ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor }
            && constructor.ContainingType.Name is "ParametersWithIV" or "AeadParameters";
        return isNonce ? SinkKinds.Nonce : SinkKinds.None;
    }

    /// <inheritdoc/>
    public SinkKinds Narrow(SinkKinds kinds, SinkSite site) => kinds;
}
