using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Cryptography;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sources;

/// <summary>Bytes that are the same each time: arrays of constants, arrays that nothing has filled, static fields; and key material.</summary>
internal sealed class ConstantMaterialMatcher : ISourceMatcher
{
    /// <inheritdoc/>
    public SourceKinds Kinds => SourceKinds.ConstantBytes | SourceKinds.ZeroBytes | SourceKinds.StaticField | SourceKinds.KeyMaterial | SourceKinds.Counter;

    /// <inheritdoc/>
    public ImmutableArray<OperationKind> Operations { get; } = ImmutableArray.Create(
        OperationKind.ArrayCreation, OperationKind.CollectionExpression, OperationKind.DefaultValue, OperationKind.Utf8String, OperationKind.Increment,
        OperationKind.Invocation, OperationKind.None);

    /// <inheritdoc/>
    public SourceKinds MatchSymbol(ISymbol symbol)
    {
        switch (symbol)
        {
            case IFieldSymbol { IsStatic: true } field when SecretTypes.Classify(field.Type) == SecretShape.Bytes:
                return IsKey(field.Name) ? SourceKinds.KeyMaterial : SourceKinds.StaticField;
            case IFieldSymbol field when SecretTypes.Classify(field.Type) == SecretShape.Bytes && IsKey(field.Name):
                return SourceKinds.KeyMaterial;
            case IPropertySymbol property when SecretTypes.Classify(property.Type) == SecretShape.Bytes && IsKey(property.Name):
                return SourceKinds.KeyMaterial;
            case IParameterSymbol parameter when SecretTypes.Classify(parameter.Type) == SecretShape.Bytes && IsKey(parameter.Name):
                return SourceKinds.KeyMaterial;
            default:
                return SourceKinds.None;
        }
    }

    /// <inheritdoc/>
    public SourceKinds MatchOperation(IOperation operation)
    {
        switch (operation)
        {
            case IArrayCreationOperation array when IsByte((array.Type as IArrayTypeSymbol)?.ElementType):
                if (array.Initializer is not { } initializer)
                    return SourceKinds.ZeroBytes;
                return AreConstant(initializer.ElementValues) ? SourceKinds.ConstantBytes : SourceKinds.None;
            case ICollectionExpressionOperation collection when SecretTypes.Classify(collection.Type) == SecretShape.Bytes:
                return AreConstant(collection.Elements) ? SourceKinds.ConstantBytes : SourceKinds.None;
            case IDefaultValueOperation value when SecretTypes.Classify(value.Type) == SecretShape.Bytes:
                return SourceKinds.ZeroBytes;
            case IUtf8StringOperation:
                return SourceKinds.ConstantBytes;
            case IInvocationOperation invocation:
                return IsConstantText(invocation) ? SourceKinds.ConstantBytes : SourceKinds.None;
            case { Kind: OperationKind.None, Syntax: StackAllocArrayCreationExpressionSyntax { Initializer: null } }:
                return SourceKinds.ZeroBytes;
            case IIncrementOrDecrementOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation, Kind: OperationKind.Increment, Type.TypeKind: not TypeKind.Pointer }:
                return SourceKinds.Counter;
            default:
                return SourceKinds.None;
        }
    }

    /// <inheritdoc/>
    public string? Describe(ISymbol? symbol, IOperation? operation) => operation switch
    {
        IArrayCreationOperation { Initializer: null } => "an array that nothing has filled",
        IArrayCreationOperation or ICollectionExpressionOperation or IUtf8StringOperation => "constant bytes",
        IInvocationOperation => "constant text",
        { Kind: OperationKind.None } => "an array that nothing has filled",
        IDefaultValueOperation => "an empty default value",
        IIncrementOrDecrementOperation => "a counter",
        _ => symbol switch
        {
            IFieldSymbol { IsStatic: true } field => "the static field '" + field.Name + "'",
            null => null,
            _ => "'" + symbol.Name + "'",
        },
    };

    /// <summary>Text of the source code that is turned into bytes.</summary>
    private static bool IsConstantText(IInvocationOperation invocation) =>
        invocation.TargetMethod.Name is "GetBytes" or "FromBase64String" or "FromHexString"
        && invocation.Arguments.Length == 1
        && IsLiteral(invocation.Arguments[0].Value)
        && invocation.TargetMethod.ContainingNamespace.Name is "Text" or "System";

    private static bool IsLiteral(IOperation text) => text.ConstantValue is { HasValue: true, Value: string }
        || text is IFieldReferenceOperation { Field: { IsReadOnly: true, DeclaringSyntaxReferences: [{ } declaration] } }
            && declaration.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: LiteralExpressionSyntax }
        || text is ILocalReferenceOperation { Local.DeclaringSyntaxReferences: [{ } local] }
            && local.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: LiteralExpressionSyntax };

    private static bool IsByte(ITypeSymbol? type) => type?.SpecialType == SpecialType.System_Byte;

    private static bool AreConstant(ImmutableArray<IOperation> elements)
    {
        foreach (IOperation element in elements)
        {
            if (!element.ConstantValue.HasValue)
                return false;
        }

        return true;
    }

    private static bool IsKey(string name) => SecretNames.IsKey(name);
}
