using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Flow;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Cryptography.Nonces;

/// <summary>Recognises calls that encrypt, and the variables behind their nonces and keys.</summary>
internal sealed class EncryptionReader
{
    private readonly CipherTypes _types;
    private readonly BodyLocals _locals;
    private readonly IReadOnlyDictionary<CaptureId, IOperation> _captures;

    public EncryptionReader(CipherTypes types, BodyLocals locals, IReadOnlyDictionary<CaptureId, IOperation> captures)
    {
        _types = types;
        _locals = locals;
        _captures = captures;
    }

    /// <summary>The message that a call encrypts, or null.</summary>
    public EncryptionSite? Read(IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (invocation.Instance is not { } cipher)
            return null;
        if (method.Name == "Encrypt" && _types.IsAuthenticated(method.ContainingType))
            return Site(invocation.FindArgument("nonce")?.Value, KeyOf(cipher));
        if (!_types.IsSymmetric(method.ContainingType))
            return null;
        return method.Name switch
        {
            "EncryptCbc" or "TryEncryptCbc" or "EncryptCfb" or "TryEncryptCfb" => Site(invocation.FindArgument("iv")?.Value, KeyOf(cipher)),
            "CreateEncryptor" when invocation.Arguments.Length == 2 =>
                Site(invocation.Arguments[1].Value, Variable(invocation.Arguments[0].Value)),
            "CreateEncryptor" => Variable(cipher) is { } own ? new EncryptionSite(own, null, invocation.Syntax) : null,
            _ => null,
        };
    }

    /// <summary>The variable that bytes lie in, whatever part of it is taken; null where that is not one variable.</summary>
    public ISymbol? Variable(IOperation? operation)
    {
        const int MostSteps = 16;
        for (int step = 0; operation is not null && step < MostSteps; step++)
        {
            switch (operation.WithoutConversions())
            {
                case IConversionOperation userDefined:
                    operation = userDefined.Operand;
                    break;
                case IFlowCaptureReferenceOperation reference:
                    operation = _captures.TryGetValue(reference.Id, out IOperation? captured) ? captured : null;
                    break;
                case ILocalReferenceOperation local when IsView(local.Local, out IOperation? viewed):
                    operation = viewed;
                    break;
                case ILocalReferenceOperation local:
                    return local.Local;
                case IParameterReferenceOperation parameter:
                    return parameter.Parameter;
                case IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field:
                    return field.Field;
                case IPropertyReferenceOperation { Property.Name: "IV", Instance: { } cipher } when _types.IsSymmetric(cipher.Type):
                    operation = cipher;
                    break;
                case IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Arguments.IsEmpty: true } property:
                    return property.Property;
                case IPropertyReferenceOperation { Property.Name: "Span" or "this[]", Instance: { } view }:
                    operation = view;
                    break;
                case IImplicitIndexerReferenceOperation { Instance: { } sliced } when sliced.Type?.TypeKind == TypeKind.Struct:
                    operation = sliced;
                    break;
                case IInvocationOperation { TargetMethod.Name: "AsSpan" or "AsMemory" or "Slice" } part:
                    operation = part.Receiver();
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    private EncryptionSite? Site(IOperation? nonce, ISymbol? key) =>
        nonce is not null && Variable(nonce) is { } variable ? new EncryptionSite(variable, key, nonce.Syntax) : null;

    private ISymbol? KeyOf(IOperation cipher)
    {
        ISymbol? variable = Variable(cipher);
        if (variable is ILocalSymbol local
            && _locals.TryInitializer(local, out IOperation? initializer)
            && initializer.WithoutConversions() is IObjectCreationOperation creation
            && creation.FindArgument("key")?.Value is { } key
            && Variable(key) is { } known)
        {
            return known;
        }

        return variable;
    }

    /// <summary>A span over an array is the array: <c>Span&lt;byte&gt; view = nonce;</c>.</summary>
    private bool IsView(ILocalSymbol local, out IOperation? viewed)
    {
        viewed = null;
        if (local.Type is not INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" } || !_locals.TryInitializer(local, out IOperation? initializer))
            return false;
        IOperation source = initializer.WithoutConversions();
        if (source is IConversionOperation or ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation
            or IInvocationOperation { TargetMethod.Name: "AsSpan" or "AsMemory" or "Slice" })
        {
            viewed = source;
            return true;
        }

        return false;
    }
}
