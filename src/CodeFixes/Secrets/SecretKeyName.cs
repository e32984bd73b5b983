using System;
using System.Collections.Generic;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Secrets;

/// <summary>Makes the name under which a secret is looked up from what it is called in the code: <c>s_apiKey</c> gives <c>API_KEY</c>.</summary>
internal static class SecretKeyName
{
    // Names of parameters and variables that say nothing about what the secret opens.
    private static readonly HashSet<string> s_sayNothing = new(StringComparer.OrdinalIgnoreCase)
    {
        "parameter", "value", "key", "text", "s", "x", "p", "c", "data", "args", "format", "message", "input", "chars", "bytes", "str", "o", "obj", "arg", "rgbKey", "ikm", "source", "buffer", "commandText", "content",
    };

    private static readonly char[] s_endsOfProvider = [',', ')'];

    /// <summary>The name for a finding.</summary>
    /// <param name="name">What the analyzer says the secret is held under, or null.</param>
    /// <param name="literal">The literal.</param>
    /// <param name="message">The finding's text, which says what kind of secret it is.</param>
    /// <param name="isPart">Whether only the password inside a longer text is looked up.</param>
    public static string For(string? name, SyntaxNode literal, string message, bool isPart)
    {
        if (isPart && (message.Contains("connection string") || message.Contains("URL")))
            return message.Contains("URL") ? "SERVICE_PASSWORD" : "DB_PASSWORD";
        string? best = SaysSomething(name) ? name : DeclaredName(literal);
        if (best is not null && ToUpperSnake(best) is { Length: > 0 } key)
            return key;
        return message.Contains("connection string") ? "CONNECTION_STRING"
            : message.Contains("URL") ? "SERVICE_URL"
            : message.Contains("private key") ? "PRIVATE_KEY"
            : message.Contains("authorization") || message.Contains("JSON Web Token") ? "AUTHORIZATION_TOKEN"
            : message.Contains("token of") ? ProviderToken(message)
            : "SECRET";
    }

    /// <summary>Writes an identifier in upper case with underscores between its words.</summary>
    public static string ToUpperSnake(string name)
    {
        int start = name.StartsWith("s_", StringComparison.Ordinal) || name.StartsWith("m_", StringComparison.Ordinal) ? 2 : 0;
        var key = new StringBuilder(name.Length + 8);
        for (int i = start; i < name.Length; i++)
        {
            char c = name[i];
            bool isAscii = c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
            bool hump = i > start && char.IsUpper(c) && (char.IsLower(name[i - 1]) || char.IsDigit(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]) && char.IsUpper(name[i - 1])));
            if ((!isAscii || hump) && key.Length > 0 && key[key.Length - 1] != '_')
                key.Append('_');
            if (isAscii)
                key.Append(char.ToUpperInvariant(c));
        }

        string text = key.ToString().Trim('_');
        return text.Length > 0 && char.IsDigit(text[0]) ? "SECRET_" + text : text;
    }

    private static bool SaysSomething(string? name) => name is { Length: > 1 } && !s_sayNothing.Contains(name.TrimStart('_'));

    private static string? DeclaredName(SyntaxNode literal)
    {
        for (SyntaxNode? node = literal.Parent; node is not null and not StatementSyntax and not MemberDeclarationSyntax; node = node.Parent)
        {
            string? name = node switch
            {
                VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
                AssignmentExpressionSyntax { Left: IdentifierNameSyntax target } => target.Identifier.ValueText,
                AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax target } => target.Name.Identifier.ValueText,
                _ => null,
            };
            if (SaysSomething(name))
                return name;
        }

        return literal.FirstAncestorOrSelf<MemberDeclarationSyntax>() is PropertyDeclarationSyntax property ? property.Identifier.ValueText : null;
    }

    private static string ProviderToken(string message)
    {
        int start = message.IndexOf("token of ", StringComparison.Ordinal) + 9;
        int end = message.IndexOfAny(s_endsOfProvider, start);
        return ToUpperSnake(end < 0 ? message.Substring(start) : message.Substring(start, end - start)) + "_TOKEN";
    }
}
