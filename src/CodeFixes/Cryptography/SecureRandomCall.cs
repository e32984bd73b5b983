using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Cryptography;

/// <summary>Rewrites one call of System.Random to the cryptographic generator, with the same range and alphabet.</summary>
internal static class SecureRandomCall
{
    /// <summary>The call that stands for a call of System.Random, or null where there is none with the same meaning.</summary>
    public static ExpressionSyntax? Rewrite(InvocationExpressionSyntax call, SemanticModel model)
    {
        if (model.GetSymbolInfo(call).Symbol is not IMethodSymbol method || !IsRandom(method.ContainingType))
            return null;
        SeparatedSyntaxList<ArgumentSyntax> arguments = call.ArgumentList.Arguments;
        if (arguments.Any(static argument => argument.NameColon is not null))
            return null;
        string[] values = [.. arguments.Select(static argument => argument.Expression.ToString())];
        string all = string.Join(", ", values);
        string? text = (method.Name, values.Length) switch
        {
            ("Next", 0) => "RandomNumberGenerator.GetInt32(int.MaxValue)",
            ("Next", _) => $"RandomNumberGenerator.GetInt32({all})",
            ("NextBytes", 1) => $"RandomNumberGenerator.Fill({all})",
            ("GetItems", 2) when method.TypeArguments.Length == 1 && Has(model, "GetItems") =>
                $"RandomNumberGenerator.GetItems<{method.TypeArguments[0].ToMinimalDisplayString(model, call.SpanStart)}>({all})",
            ("Shuffle", 1) when method.TypeArguments.Length == 1 && Has(model, "Shuffle") =>
                $"RandomNumberGenerator.Shuffle<{method.TypeArguments[0].ToMinimalDisplayString(model, call.SpanStart)}>({all})",
            ("GetString", 2) when Has(model, "GetString") => $"RandomNumberGenerator.GetString({all})",
            ("GetHexString", _) when Has(model, "GetHexString") => $"RandomNumberGenerator.GetHexString({all})",
            ("NextInt64", 0) => "(System.BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8), 0) & long.MaxValue)",
            ("NextDouble", 0) => "((System.BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8), 0) >> 11) / (double)(1UL << 53))",
            _ => null,
        };
        return text is null ? null : SyntaxFactory.ParseExpression(text).WithTriviaFrom(call);
    }

    /// <summary>The local that holds the generator of a call, with its declaration; null where it is something else.</summary>
    public static LocalDeclarationStatementSyntax? GeneratorDeclaration(InvocationExpressionSyntax call, SemanticModel model)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax receiver }
            || model.GetSymbolInfo(receiver).Symbol is not ILocalSymbol { DeclaringSyntaxReferences: [{ } reference] })
        {
            return null;
        }

        return reference.GetSyntax() is VariableDeclaratorSyntax
        {
            Initializer.Value: BaseObjectCreationExpressionSyntax,
            Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax } declaration },
        }
            ? declaration
            : null;
    }

    private static bool Has(SemanticModel model, string member) =>
        model.Compilation.GetTypeByMetadataName("System.Security.Cryptography.RandomNumberGenerator")?.GetMembers(member).IsEmpty == false;

    private static bool IsRandom(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.Name == "Random" && type.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true })
                return true;
        }

        return false;
    }
}
