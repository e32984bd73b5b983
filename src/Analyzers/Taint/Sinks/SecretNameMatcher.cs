using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Cryptography;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sinks;

/// <summary>
/// Whatever the code itself calls a token, password, one-time code and so on: locals, parameters, fields and properties of that name, and
/// methods that return it.
/// </summary>
internal sealed class SecretNameMatcher : ISinkMatcher
{
    /// <inheritdoc/>
    public SinkKinds Kinds => SinkKinds.SecretValue;

    /// <inheritdoc/>
    public SinkKinds MatchSymbol(ISymbol target)
    {
        // Some symbols that the compiler makes up have no location at all.
        if (target.Locations.IsDefaultOrEmpty || !target.Locations[0].IsInSource)
            return SinkKinds.None;
        bool isSecret = target switch
        {
            ILocalSymbol { IsConst: false } local => IsSecret(local.Name, local.Type, local),
            IParameterSymbol parameter => IsSecret(parameter.Name, parameter.Type, parameter),
            IFieldSymbol { IsConst: false } field => IsSecret(field.Name, field.Type, field),
            IPropertySymbol { IsIndexer: false } property => IsSecret(property.Name, property.Type, property),
            IMethodSymbol method => IsMaker(method),
            _ => false,
        };
        return isSecret ? SinkKinds.SecretValue : SinkKinds.None;
    }

    /// <inheritdoc/>
    public SinkKinds Narrow(SinkKinds kinds, SinkSite site) => kinds;

    private static bool IsSecret(string name, ITypeSymbol type, ISymbol symbol)
    {
        if (SecretTypes.Classify(type) is not { } shape)
            return false;
        return SecretNames.IsSecret(name, shape == SecretShape.Number, shape == SecretShape.Bytes)
            || SecretNames.IsCode(name) && IsInAuthenticationContext(symbol);
    }

    private static bool IsMaker(IMethodSymbol method)
    {
        if (SecretTypes.Classify(SecretTypes.Unwrap(method.ReturnType)) is not { } shape)
            return false;
        if (method.MethodKind is MethodKind.PropertyGet && method.AssociatedSymbol is IPropertySymbol property)
            return IsSecret(property.Name, property.Type, property);
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.LocalFunction or MethodKind.ExplicitInterfaceImplementation))
            return false;
        string name = method.Name.Substring(method.Name.LastIndexOf('.') + 1);
        bool isNumber = shape == SecretShape.Number;
        bool isBytes = shape == SecretShape.Bytes;
        return SecretNames.IsSecretMaker(name, isNumber, isBytes)
            || SecretNames.IsCodeMaker(name) && IsInAuthenticationContext(method)
            || method.ContainingType is { } type && SecretNames.IsMakerOf(type.Name, name, isNumber, isBytes);
    }

    /// <summary>A plain <c>code</c> is a secret inside <c>SendOtp</c>, <c>VerificationService</c>, <c>PasswordResetRequest</c>.</summary>
    private static bool IsInAuthenticationContext(ISymbol symbol)
    {
        for (ISymbol? container = symbol is IMethodSymbol ? symbol : symbol.ContainingSymbol; container is IMethodSymbol or INamedTypeSymbol; container = container.ContainingSymbol)
        {
            if (SecretNames.IsAuthenticationContext(container.Name))
                return true;
        }

        return false;
    }
}
