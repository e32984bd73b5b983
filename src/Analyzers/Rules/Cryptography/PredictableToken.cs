using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Cryptography;

/// <summary>STC2009: the time, a GUID, an identity, a counter or a seeded generator becomes a secret (CWE-340).</summary>
internal static class PredictableToken
{
    public static readonly TaintRule Rule = new(
        RuleCatalogue.PredictableToken,
        SourceKinds.Clock | SourceKinds.GuidValue | SourceKinds.ProcessIdentity | SourceKinds.Counter | SourceKinds.SeededRandom,
        SinkKinds.SecretValue | SinkKinds.Credential | SinkKinds.CryptoKey)
    {
        Excludes = SourceKinds.StrongRandom,
        Review = Review,
    };

    private static TaintVerdict Review(TaintFlow flow)
    {
        if (TestSyntax.Contains(flow.SinkOperation.Syntax) || !ValueTransforms.AreAll(flow) || !ValueOrigin.IsKept(flow))
            return TaintVerdict.Drop;
        if (flow.SourceKind == SourceKinds.SeededRandom || !flow.SinkKinds.HasFlag(SinkKinds.SecretValue))
            return TaintVerdict.Report;

        // A salt, nonce or vector has to be unique, not hard to guess; those that must be random are STC2005's and STC2007's.
        string name = flow.SinkTarget.Name;
        if (SecretNames.IsPublicMaterial(name))
            return TaintVerdict.Drop;

        // An identifier of type Guid is an identifier, unless its name says that it proves something.
        bool isPlainGuid = flow.SourceKind == SourceKinds.GuidValue
            && SecretTypes.Classify(TypeOf(flow.SinkTarget)) == SecretShape.Guid
            && IdentifierWords.Split(name).Contains("session");
        return isPlainGuid ? TaintVerdict.Drop : TaintVerdict.Report;
    }

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        IMethodSymbol method => SecretTypes.Unwrap(method.ReturnType),
        _ => null,
    };
}
