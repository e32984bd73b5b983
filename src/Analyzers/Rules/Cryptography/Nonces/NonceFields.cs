using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.Analyzers.Rules.Cryptography.Nonces;

/// <summary>Finds nonces that an object draws once and keeps for all its messages.</summary>
internal static class NonceFields
{
    /// <summary>Where a field gets its only random value, in a constructor or initializer; null when it is written elsewhere, or is not random.</summary>
    public static Location? FilledOnce(ISymbol field, CancellationToken cancellation)
    {
        if (field.IsStatic || field.ContainingType is not { } type)
            return null;
        Location? filled = null;
        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(cancellation) is not TypeDeclarationSyntax declaration)
                return null;
            foreach (MemberDeclarationSyntax member in declaration.Members)
            {
                switch (member)
                {
                    case FieldDeclarationSyntax fields:
                        EqualsValueClauseSyntax? initial = fields.Declaration.Variables.FirstOrDefault(variable => variable.Identifier.ValueText == field.Name)?.Initializer;
                        filled ??= RandomIn(initial);
                        break;
                    case PropertyDeclarationSyntax property when property.Identifier.ValueText == field.Name:
                        filled ??= RandomIn(property.Initializer);
                        break;
                    case ConstructorDeclarationSyntax constructor when WrittenNames.In(constructor).Contains(field.Name):
                        filled ??= RandomIn(constructor);
                        break;
                    case BaseTypeDeclarationSyntax or ConstructorDeclarationSyntax:
                        break;
                    default:
                        if (WrittenNames.In(member).Contains(field.Name))
                            return null;
                        break;
                }
            }
        }

        return filled;
    }

    private static Location? RandomIn(SyntaxNode? code) => code?.DescendantNodes()
        .OfType<InvocationExpressionSyntax>()
        .FirstOrDefault(static call => call.Expression is MemberAccessExpressionSyntax member
            && (member.Expression.ToString().EndsWith("RandomNumberGenerator", System.StringComparison.Ordinal)
                || member.Expression.ToString().EndsWith("SecureRandom", System.StringComparison.Ordinal)
                || member.Name.Identifier.ValueText is "GenerateIV" or "NextBytes" or "GetNonZeroBytes"
                || member.Name.Identifier.ValueText == "GetBytes" && call.ArgumentList.Arguments is [{ Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax }] && IsGenerator(member)))
        ?.GetLocation();

    private static bool IsGenerator(MemberAccessExpressionSyntax member) =>
        member.Expression is IdentifierNameSyntax { Identifier.ValueText: var name } && name.IndexOf("rng", System.StringComparison.OrdinalIgnoreCase) >= 0;
}
