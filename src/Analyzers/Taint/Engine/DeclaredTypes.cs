using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>
/// The types that a file declares, by names that its text gives without binding: who names a base, who declares a member, who holds what. Read once
/// for a file as long as its text stays the same, so that after an edit only the edited file is read again. Names are candidates; who asks binds them.
/// </summary>
internal sealed class DeclaredTypes
{
    private static readonly ConditionalWeakTable<SyntaxTree, DeclaredTypes> s_byFile = new();

    private DeclaredTypes()
    {
    }

    /// <summary>Types by the simple names in their lists of bases.</summary>
    public Dictionary<string, List<TypeDeclarationSyntax>> ByBase { get; } = new(StringComparer.Ordinal);

    /// <summary>Types by the names of the methods, properties, indexers and events that they declare.</summary>
    public Dictionary<string, List<TypeDeclarationSyntax>> ByMember { get; } = new(StringComparer.Ordinal);

    /// <summary>Types by every name in the types of their fields and properties.</summary>
    public Dictionary<string, List<TypeDeclarationSyntax>> ByHeldName { get; } = new(StringComparer.Ordinal);

    /// <summary>Names that using directives give to types, by the type's own simple name.</summary>
    public List<(string Type, string Alias)> Aliases { get; } = new();

    /// <summary>The types of a file.</summary>
    public static DeclaredTypes Of(SyntaxTree file) => s_byFile.TryGetValue(file, out DeclaredTypes? known) ? known : s_byFile.GetValue(file, Read);

    private static DeclaredTypes Read(SyntaxTree file)
    {
        var types = new DeclaredTypes();
        foreach (SyntaxNode node in file.GetRoot().DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax))
        {
            if (node is TypeDeclarationSyntax type)
                types.Add(type);
            else if (node is UsingDirectiveSyntax { Alias: { } alias } directive && LastName(directive.NamespaceOrType) is { } name)
                types.Aliases.Add((name, alias.Name.Identifier.ValueText));
        }

        return types;
    }

    private static string? LastName(TypeSyntax type) => type switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        _ => null,
    };

    private static void Put(Dictionary<string, List<TypeDeclarationSyntax>> map, string name, TypeDeclarationSyntax type)
    {
        if (!map.TryGetValue(name, out List<TypeDeclarationSyntax>? types))
            map.Add(name, types = new List<TypeDeclarationSyntax>());
        // Members come type by type, so a type that is there already is the last one.
        if (types.Count == 0 || types[types.Count - 1] != type)
            types.Add(type);
    }

    private void Add(TypeDeclarationSyntax type)
    {
        if (type.BaseList is { } bases)
        {
            foreach (BaseTypeSyntax named in bases.Types)
            {
                if (LastName(named.Type) is { } name)
                    Put(ByBase, name, type);
            }
        }

        if (type is RecordDeclarationSyntax { ParameterList: { } positional })
        {
            foreach (ParameterSyntax parameter in positional.Parameters)
            {
                Put(ByMember, parameter.Identifier.ValueText, type);
                AddHeld(parameter.Type, type);
            }
        }

        foreach (TypeParameterConstraintClauseSyntax clause in type.ConstraintClauses)
            AddHeld(clause, type);
        foreach (MemberDeclarationSyntax member in type.Members)
            AddMember(member, type);
    }

    private void AddMember(MemberDeclarationSyntax member, TypeDeclarationSyntax type)
    {
        switch (member)
        {
            case MethodDeclarationSyntax method:
                Put(ByMember, method.Identifier.ValueText, type);
                break;
            case PropertyDeclarationSyntax property:
                Put(ByMember, property.Identifier.ValueText, type);
                AddHeld(property.Type, type);
                break;
            case IndexerDeclarationSyntax:
                Put(ByMember, "this[]", type);
                break;
            case EventDeclarationSyntax declared:
                Put(ByMember, declared.Identifier.ValueText, type);
                break;
            case BaseFieldDeclarationSyntax field:
                if (field is EventFieldDeclarationSyntax)
                {
                    foreach (VariableDeclaratorSyntax variable in field.Declaration.Variables)
                        Put(ByMember, variable.Identifier.ValueText, type);
                }

                AddHeld(field.Declaration.Type, type);
                break;
        }
    }

    private void AddHeld(SyntaxNode? names, TypeDeclarationSyntax type)
    {
        if (names is null or PredefinedTypeSyntax)
            return;
        foreach (SyntaxToken token in names.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken))
                Put(ByHeldName, token.ValueText, type);
        }
    }
}
