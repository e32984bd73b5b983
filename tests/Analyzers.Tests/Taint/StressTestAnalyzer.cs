using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Tests.Taint;

/// <summary>The engine where it has most to do: every text parameter of a public method is a source, every text handed to a library is a sink.</summary>
#pragma warning disable RS1036, RS1038, RS1041, RS2008 // A test's analyzer is not shipped.
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StressTestAnalyzer : TaintAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new("TEST9", "Stress", "{0} reaches {1}", "Test", DiagnosticSeverity.Warning, true);

    /// <summary>Creates the analyzer.</summary>
    public StressTestAnalyzer()
        : base(
            TaintLibrary.Create(static builder =>
            {
                builder.Add(static compilation => new Everything(compilation));
                builder.Add(static compilation => new Anywhere(compilation));
            }),
            [new TaintRule(s_rule, SourceKinds.RequestValue, SinkKinds.Custom1)])
    {
    }

    private sealed class Everything(Compilation compilation) : ISourceMatcher
    {
        public SourceKinds Kinds => SourceKinds.RequestValue;

        public ImmutableArray<OperationKind> Operations => [];

        public SourceKinds MatchSymbol(ISymbol symbol) =>
            symbol is IParameterSymbol { Type.SpecialType: SpecialType.System_String, ContainingSymbol.DeclaredAccessibility: Accessibility.Public }
                && SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, compilation.Assembly) ? SourceKinds.RequestValue : SourceKinds.None;

        public SourceKinds MatchOperation(IOperation operation) => SourceKinds.None;

        public string? Describe(ISymbol? symbol, IOperation? operation) => null;
    }

    private sealed class Anywhere(Compilation compilation) : ISinkMatcher
    {
        public SinkKinds Kinds => SinkKinds.Custom1;

        public SinkKinds MatchSymbol(ISymbol target) =>
            target is IParameterSymbol { Type.SpecialType: SpecialType.System_String } && !SymbolEqualityComparer.Default.Equals(target.ContainingAssembly, compilation.Assembly) ? SinkKinds.Custom1 : SinkKinds.None;

        public SinkKinds Narrow(SinkKinds kinds, SinkSite site) => kinds;
    }
}
#pragma warning restore RS1036, RS1038, RS1041, RS2008
