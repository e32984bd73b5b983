using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>Library members whose text the developer wrote or whose alphabet is harmless, and members that read text from outside.</summary>
internal static class TrustedText
{
    private static readonly HashSet<string> s_quoters = new(StringComparer.Ordinal)
    {
        "QuoteIdentifier", "DelimitIdentifier", "DelimitJsonPathElement", "EscapeIdentifier", "QuoteName", "QuoteTableName", "QuoteColumnName", "UnquoteIdentifier",
        "GenerateParameterName", "GenerateParameterNamePlaceholder", "GetTableName", "GetSchema", "GetColumnName", "GetSchemaQualifiedTableName", "GetViewName", "GetDefaultTableName",
    };

    private static readonly HashSet<string> s_names = new(StringComparer.Ordinal) { "ParameterName", "CommandText", "NewLine", "UniqueId" };

    private static readonly HashSet<string> s_harmlessEncoders = new(StringComparer.Ordinal)
    {
        "ToHexString", "ToHexStringLower", "ToBase64String", "GetRandomFileName", "GetName", "GetNames",
    };

    /// <summary>Whether the property's text is a name in code, a placeholder, or text that was checked elsewhere as a query.</summary>
    public static bool IsConstant(IPropertySymbol property) =>
        (property.IsStatic && property.Name is "NewLine" or "Empty" or "MachineName")
        || (s_names.Contains(property.Name) && IsIn(property.ContainingType, "Data"))
        || IsCodeModel(property.ContainingType);

    /// <summary>Whether the method gives the name of a code element, a resource, a quoted identifier or a text over a harmless alphabet.</summary>
    public static bool IsConstant(IMethodSymbol method)
    {
        INamedTypeSymbol? type = method.ContainingType;
        if (type is null || method.Locations.Any(static location => location.IsInSource))
            return false;
        if (s_quoters.Contains(method.Name))
            return method.Name != "UnquoteIdentifier";
        return type switch
        {
            { Name: "Convert" or "Path" or "Enum" or "HexConverter" } => s_harmlessEncoders.Contains(method.Name),
            { Name: "BitConverter" } => method.Name == "ToString",
            { Name: "ResourceManager" } => method.Name == "GetString",
            { SpecialType: SpecialType.System_Enum } => true,
            { Name: "Enumerable" } => method.Name is "Range" or "Empty",
            _ => method.Name != "GetValue" && IsCodeModel(type),
        };
    }

    /// <summary>Whether the member hands in what somebody typed, sent or set for the process.</summary>
    public static bool IsInput(ISymbol member)
    {
        INamedTypeSymbol? type = member.ContainingType;
        return type switch
        {
            { Name: "Console" } => member.Name is "ReadLine" or "Read" or "ReadKey" or "In",
            { Name: "Environment" } => member.Name is "GetEnvironmentVariable" or "GetEnvironmentVariables" or "GetCommandLineArgs" or "CommandLine" or "UserName",
            _ => IsIn(type, "Http") || IsIn(type, "Web") || IsIn(type, "Sockets"),
        };
    }

    /// <summary>Whether a static library method reads a file or another store although its arguments are constant.</summary>
    public static bool ReadsElsewhere(IMethodSymbol method) =>
        method.ContainingType is { } type && method.IsStatic && IsInputOutput(type);

    /// <summary>Whether a created library object reads from outside.</summary>
    public static bool ReadsElsewhere(IObjectCreationOperation creation)
    {
        if (creation.Type is not { } type)
            return true;
        if (type.Name is "StreamReader" or "FileStream")
            return type.Name == "FileStream" || creation.Arguments.Length == 0 || creation.Arguments[0].Value.Type?.SpecialType == SpecialType.System_String;
        return IsInputOutput(type as INamedTypeSymbol) && type.Name is not ("StreamReader" or "BinaryReader" or "BufferedStream");
    }

    /// <summary>Whether a library type reads from files, databases, networks, windows or settings.</summary>
    public static bool IsInputOutput(INamedTypeSymbol? type)
    {
        if (type is null || type.Name is "Path" or "StringReader" or "StringWriter" or "MemoryStream" or "WebUtility" or "HttpUtility" or "IPAddress" or "BinaryWriter" or "IDbDataParameter" or "IDataParameter")
            return false;
        if (type.Name.EndsWith("StringBuilder", StringComparison.Ordinal) || type.Name.EndsWith("Encoder", StringComparison.Ordinal))
            return false;
        for (INamespaceSymbol? current = type.ContainingNamespace; current is { IsGlobalNamespace: false }; current = current.ContainingNamespace)
        {
            if (current.Name is "IO" or "Data" or "Net" or "Win32" or "Web" or "Http" or "Configuration" or "Forms" or "Dapper" or "Sockets" or "AspNetCore" or "Caching" or "Redis" or "Npgsql" or "MySqlClient"
                or "MongoDB" or "EntityFrameworkCore" or "Sqlite" or "SqlClient" or "Controls")
            {
                return true;
            }
        }

        return type.Name is "Console" or "Environment" or "Process" or "Clipboard";
    }

    /// <summary>Whether an instance method gives back its receiver's text.</summary>
    public static bool KeepsReceiver(IMethodSymbol method) => method.ContainingType?.Name switch
    {
        "Task" or "ValueTask" or "ConfiguredTaskAwaitable" or "TaskAwaiter" or "ValueTaskAwaiter" or "ConfiguredTaskAwaiter" or "ConfiguredValueTaskAwaitable" or "ConfiguredValueTaskAwaiter" => true,
        "StreamReader" or "StringReader" or "TextReader" => method.Name.StartsWith("Read", StringComparison.Ordinal),
        "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" => true,
        "Nullable" => method.Name == "GetValueOrDefault",
        _ => false,
    };

    private static bool IsCodeModel(INamedTypeSymbol? type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current is { Name: "Attribute" or "MemberInfo" or "Type", ContainingNamespace.Name: "System" or "Reflection" })
                return true;
        }

        if (IsIn(type, "Reflection"))
            return true;
        for (INamespaceSymbol? space = type?.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (space is { Name: "Metadata", ContainingNamespace.Name: "EntityFrameworkCore" })
                return true;
        }

        return false;
    }

    private static bool IsIn(INamedTypeSymbol? type, string space)
    {
        for (INamespaceSymbol? current = type?.ContainingNamespace; current is { IsGlobalNamespace: false }; current = current.ContainingNamespace)
        {
            if (current.Name == space)
                return true;
        }

        return false;
    }
}
