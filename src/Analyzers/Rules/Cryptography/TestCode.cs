using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Cryptography;

/// <summary>Recognises tests: known-answer tests need the fixed keys, nonces and seeds that are a weakness elsewhere.</summary>
internal static class TestCode
{
    /// <summary>Whether the symbol belongs to a class with tests of xunit, NUnit or MSTest in it.</summary>
    public static bool Contains(ISymbol? symbol)
    {
        for (ISymbol? current = symbol; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            if (HasTestAttribute(current))
                return true;
            if (current is not INamedTypeSymbol type)
                continue;
            foreach (ISymbol member in type.GetMembers())
            {
                if (member is IMethodSymbol && HasTestAttribute(member))
                    return true;
            }
        }

        return false;
    }

    private static bool HasTestAttribute(ISymbol symbol)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.Name is "FactAttribute" or "TheoryAttribute" or "TestAttribute" or "TestCaseAttribute" or "TestFixtureAttribute"
                or "TestClassAttribute" or "TestMethodAttribute" or "DataTestMethodAttribute" or "PropertyAttribute" or "BenchmarkAttribute")
            {
                return attribute.AttributeClass.Name != "PropertyAttribute" || symbol is IMethodSymbol;
            }
        }

        return false;
    }
}
