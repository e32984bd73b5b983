using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>Says whether code is a test: made-up credentials are its daily bread, issued ones are not.</summary>
internal sealed class TestCode
{
    private static readonly string[] s_assemblySuffixes = [".Tests", ".UnitTests", ".IntegrationTests", ".FunctionalTests", ".Test", ".Specs", ".Benchmarks"];

    private static readonly HashSet<string> s_memberAttributes = new(StringComparer.Ordinal)
    {
        "FactAttribute", "TheoryAttribute", "TestAttribute", "TestCaseAttribute", "TestCaseSourceAttribute", "TestMethodAttribute", "DataTestMethodAttribute", "SetUpAttribute", "BenchmarkAttribute",
    };

    private static readonly HashSet<string> s_typeAttributes = new(StringComparer.Ordinal) { "TestClassAttribute", "TestFixtureAttribute", "CollectionAttribute" };

    private readonly bool _isTestAssembly;
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _types = new(SymbolEqualityComparer.Default);

    /// <summary>Looks at the project and at the assembly's name once.</summary>
    public TestCode(Compilation compilation, AnalyzerConfigOptions options)
    {
        string name = compilation.AssemblyName ?? string.Empty;
        _isTestAssembly = (options.TryGetValue("build_property.IsTestProject", out string? isTest) && isTest.Equals("true", StringComparison.OrdinalIgnoreCase))
            || Array.Exists(s_assemblySuffixes, suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether a member of the code belongs to a test.</summary>
    public bool Contains(ISymbol? member)
    {
        if (_isTestAssembly)
            return true;
        for (INamedTypeSymbol? type = member as INamedTypeSymbol ?? member?.ContainingType; type is not null; type = type.ContainingType)
        {
            if (_types.GetOrAdd(type, IsTestType))
                return true;
        }

        return false;
    }

    private static bool IsTestType(INamedTypeSymbol type) =>
        HasAttribute(type, s_typeAttributes) || type.GetMembers().Any(static member => member is IMethodSymbol && HasAttribute(member, s_memberAttributes));

    private static bool HasAttribute(ISymbol symbol, HashSet<string> names) => symbol.GetAttributes().Any(attribute => attribute.AttributeClass is { } type && names.Contains(type.Name));
}
