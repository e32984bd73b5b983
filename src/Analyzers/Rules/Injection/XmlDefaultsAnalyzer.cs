using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>
/// STC1010 on .NET Framework before 4.5.2, where XmlDocument, XmlTextReader and XPathDocument fetch what a document names unless told otherwise.
/// Registers nothing for newer frameworks: their defaults are safe.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class XmlDefaultsAnalyzer : PatternAnalyzer
{
    private static readonly Version s_safe = new(4, 5, 2);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(RuleCatalogue.XmlExternalEntities);

    private protected override void Start(PatternRegistration registration)
    {
        if (TargetFrameworkVersion.NetFramework(registration.Compilation, registration.Options) is not { } version || version >= s_safe)
            return;
        var types = KnownTypes.For(registration.Compilation);
        INamedTypeSymbol? document = types.Find("System.Xml.XmlDocument");
        INamedTypeSymbol? reader = types.Find("System.Xml.XmlTextReader");
        INamedTypeSymbol? path = types.Find("System.Xml.XPath.XPathDocument");
        registration.OnOperation(operation => Analyze(operation, document, reader, path, version), OperationKind.ObjectCreation);
    }

    private static void Analyze(OperationAnalysisContext context, INamedTypeSymbol? document, INamedTypeSymbol? reader, INamedTypeSymbol? path, Version version)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        bool isOpen = creation.Syntax is BaseObjectCreationExpressionSyntax syntax && (
            (creation.Type.IsOrInherits(document) || creation.Type.IsOrInherits(reader)) && XmlParserState.Read(syntax) is { SetsResolver: false, ProhibitsDtd: false }
            || creation.Type.IsOrInherits(path) && creation.Arguments.Length > 0 && creation.Arguments[0].Parameter?.Name is "uri" or "stream" or "textReader");
        if (isOpen)
            context.ReportDiagnostic(Diagnostic.Create(RuleCatalogue.XmlExternalEntities, creation.Syntax.GetLocation(), "the default of .NET Framework " + version, "new " + creation.Type!.Name));
    }
}
