using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Tests.Taint;

/// <summary>The engine with one rule for text and one for weak random numbers, on a class <c>T</c> that the tests declare.</summary>
#pragma warning disable RS1036, RS1038, RS1041, RS2008 // A test's analyzer is not shipped.
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FlowTestAnalyzer : TaintAnalyzer
{
    private static readonly DiagnosticDescriptor s_text = new("TEST1", "Text", "{0} reaches {1}", "Test", DiagnosticSeverity.Warning, true);
    private static readonly DiagnosticDescriptor s_random = new("TEST2", "Random", "{0} reaches {1}", "Test", DiagnosticSeverity.Warning, true);
    private static readonly DiagnosticDescriptor s_host = new("TEST3", "Host", "{0} reaches {1}", "Test", DiagnosticSeverity.Warning, true);
    private static readonly DiagnosticDescriptor s_local = new("TEST4", "Local", "{0} reaches {1}", "Test", DiagnosticSeverity.Warning, true);

    /// <summary>Creates the analyzer.</summary>
    public FlowTestAnalyzer()
        : base(Library, Rules)
    {
    }

    private static TaintLibrary Library { get; } = TaintLibrary.Create(static builder =>
    {
        builder.Add(ImmutableArray.Create(
            Source.ReturnValue(SourceKinds.RequestValue, "T", "Source"),
            Source.ReturnValue(SourceKinds.RequestValue, "T", "SourceObject"),
            Source.ReturnValue(SourceKinds.WeakRandom, "System.Random", "Next", includeImplementations: true),
            Source.Argument(SourceKinds.WeakRandom, "System.Random", "NextBytes", "buffer", includeImplementations: true),
            Source.DelegateParameters(SourceKinds.RequestValue, "T", "Endpoint", "handler")));
        builder.Add(ImmutableArray.Create(
            Sink.Parameter(SinkKinds.Code, "T", "Sink", "value"),
            Sink.Parameter(SinkKinds.SecretValue, "T", "Secret", "value"),
            Sink.Property(SinkKinds.Code, "T", "Property"),
            Sink.Parameter(SinkKinds.Code, "T", "Conditional", "value", when: static site => site.TryGetConstant("mode", out object? mode) && mode is "raw"),
            Sink.Parameter(SinkKinds.RequestHost, "T", "Get", "url")));
        builder.Add(ImmutableArray.Create(Sanitizer.ReturnValue(SinkKinds.Code, "T", "Clean")));
        builder.Add(ImmutableArray.Create(
            Validator.Parameter(SinkKinds.Code, "T", "IsValid", "value", ValidWhen.True),
            Validator.Parameter(SinkKinds.Code, "T", "Require", "value", ValidWhen.Returns)));
        builder.Add(ImmutableArray.Create(new PrefixSanitizer(
            SinkKinds.RequestHost, static prefix => prefix.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? prefix.IndexOf('/', scheme + 3) > 0 : prefix.Contains('/', StringComparison.Ordinal))));
    });

    private static ImmutableArray<TaintRule> Rules { get; } =
    [
        new(s_text, SourceKinds.RequestValue, SinkKinds.Code),
        new(s_random, SourceKinds.WeakRandom, SinkKinds.SecretValue),
        new(s_host, SourceKinds.RequestValue, SinkKinds.RequestHost),
        new(s_local, SourceKinds.Local | SourceKinds.Stored, SinkKinds.Code),
    ];
}
#pragma warning restore RS1036, RS1038, RS1041, RS2008
