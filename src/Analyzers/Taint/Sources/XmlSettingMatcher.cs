using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sources;

/// <summary>Values that open an XML parser: DtdProcessing.Parse, resolvers that read files and URLs, style sheet settings that allow script.</summary>
internal sealed class XmlSettingMatcher : ISourceMatcher
{
    private readonly INamedTypeSymbol _urlResolver;

    private XmlSettingMatcher(INamedTypeSymbol urlResolver) => _urlResolver = urlResolver;

    /// <inheritdoc/>
    public SourceKinds Kinds => SourceKinds.XmlSetting;

    /// <inheritdoc/>
    public ImmutableArray<OperationKind> Operations { get; } = ImmutableArray.Create(OperationKind.FieldReference, OperationKind.ObjectCreation, OperationKind.Literal);

    /// <summary>A matcher where the compilation has the parsers.</summary>
    public static XmlSettingMatcher? For(Compilation compilation) => KnownTypes.For(compilation).Find("System.Xml.XmlUrlResolver") is { } resolver ? new XmlSettingMatcher(resolver) : null;

    /// <inheritdoc/>
    public SourceKinds MatchSymbol(ISymbol symbol) => SourceKinds.None;

    /// <inheritdoc/>
    public SourceKinds MatchOperation(IOperation operation)
    {
        bool opens = operation switch
        {
            IFieldReferenceOperation { Field: { Name: "Parse", ContainingType: { Name: "DtdProcessing", ContainingNamespace.Name: "Xml" } } } => true,
            ILiteralOperation literal => IsOpenSetting(literal),
            IObjectCreationOperation { Type.Name: "XsltSettings" } settings => settings.Arguments.Any(static argument => argument.Value.ConstantValue is { HasValue: true, Value: true }),
            IObjectCreationOperation { Type: { BaseType.SpecialType: SpecialType.None } type } => IsOpenResolver(type),
            _ => false,
        };
        return opens ? SourceKinds.XmlSetting : SourceKinds.None;
    }

    /// <inheritdoc/>
    public string? Describe(ISymbol? symbol, IOperation? operation) => operation switch
    {
        IFieldReferenceOperation => "DtdProcessing.Parse",
        IObjectCreationOperation creation => "new " + creation.Type?.Name,
        ILiteralOperation literal => literal.ConstantValue.Value?.ToString()?.ToLowerInvariant(),
        _ => null,
    };

    /// <summary>A resolver that fetches; one that overrides how entities are read is the program's own affair.</summary>
    private bool IsOpenResolver(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, _urlResolver))
                return true;
            if (current.GetMembers("GetEntity").Any(static member => member.IsOverride) || current.GetMembers("ResolveUri").Any(static member => member.IsOverride))
                return false;
        }

        return false;
    }

    /// <summary>A literal that is assigned to one of the settings which are numbers or truth values.</summary>
    private static bool IsOpenSetting(ILiteralOperation literal)
    {
        if (literal.ConstantValue.Value is not (bool or int))
            return false;
        IOperation? parent = literal.Parent;
        while (parent is IConversionOperation)
            parent = parent.Parent;
        return parent switch
        {
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "SetSwitch", ContainingType.Name: "AppContext" } } } => literal.ConstantValue.Value is true,
            IAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } => property.Name switch
            {
                "EnableScript" or "EnableDocumentFunction" => literal.ConstantValue.Value is true,
                "ProhibitDtd" => literal.ConstantValue.Value is false,
                "MaxCharactersFromEntities" => literal.ConstantValue.Value is 0,
                _ => false,
            },
            _ => false,
        };
    }
}
