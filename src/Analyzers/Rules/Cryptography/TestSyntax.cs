using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.Analyzers.Rules.Cryptography;

/// <summary><see cref="TestCode"/> where only the syntax is at hand.</summary>
internal static class TestSyntax
{
    /// <summary>Whether the node lies in a class with tests in it.</summary>
    public static bool Contains(SyntaxNode node)
    {
        foreach (TypeDeclarationSyntax type in node.Ancestors().OfType<TypeDeclarationSyntax>())
        {
            if (HasTestAttribute(type) || type.Members.OfType<MethodDeclarationSyntax>().Any(HasTestAttribute))
                return true;
        }

        return false;
    }

    private static bool HasTestAttribute(MemberDeclarationSyntax member) =>
        member.AttributeLists.SelectMany(static list => list.Attributes).Any(static attribute => NameOf(attribute.Name) is "Fact" or "Theory" or "Test" or "TestCase"
            or "TestFixture" or "TestClass" or "TestMethod" or "DataTestMethod" or "Benchmark");

    private static string NameOf(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => string.Empty,
    };
}
