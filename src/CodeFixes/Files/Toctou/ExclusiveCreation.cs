using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using SecurityToolchain.Analyzers.Rules.Files.Toctou;
using SecurityToolchain.CodeFixes.Syntax;

namespace SecurityToolchain.CodeFixes.Files.Toctou;

/// <summary>
/// A file that is written because it was not there: creates it with <c>FileMode.CreateNew</c>, or with Runtime's <c>AtomicFile</c> where
/// the project has it. The check stays as the friendly answer; the operation no longer depends on it.
/// </summary>
internal static class ExclusiveCreation
{
    private const string Title = "Create the file exclusively";
    private const string AtomicFile = "SecurityToolchain.Runtime.Files.AtomicFile";

    public static RaceRewrite? Rewrite(RaceSite race)
    {
        if (race.Kind != UseKind.Write || race.Answer || !race.AsksExistence || !race.IsDecidedByCheckAlone() || race.Member is not { } member)
            return null;
        return RewriteText(race, member) is { } text
            ? ByExpression(race, text)
            : RewriteMode(race) ?? RewriteContent(race, member);
    }

    private static string? RewriteText(RaceSite race, IMethodSymbol member)
    {
        string? path = race.Use switch
        {
            InvocationExpressionSyntax { ArgumentList.Arguments: [{ NameColon: null } first, ..] } => first.Expression.ToString(),
            BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ NameColon: null } first, ..] } => first.Expression.ToString(),
            _ => null,
        };
        string? receiver = race.Use is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } ? access.Expression.ToString() : null;
        return (member.ContainingType.ToDisplayString(), member.Name) switch
        {
            ("System.IO.File", "Create") when path is not null => $"new FileStream({path}, FileMode.CreateNew, FileAccess.ReadWrite)",
            ("System.IO.File", "OpenWrite") when path is not null => $"new FileStream({path}, FileMode.CreateNew, FileAccess.Write)",
            ("System.IO.File", "CreateText" or "AppendText") when path is not null =>
                $"new StreamWriter(new FileStream({path}, FileMode.CreateNew, FileAccess.Write))",
            ("System.IO.StreamWriter", ".ctor") when path is not null => Writer(race, member, path),
            ("System.IO.FileInfo", "Create") when receiver is not null => $"{receiver}.Open(FileMode.CreateNew, FileAccess.ReadWrite)",
            ("System.IO.FileInfo", "OpenWrite") when receiver is not null => $"{receiver}.Open(FileMode.CreateNew, FileAccess.Write)",
            ("System.IO.FileInfo", "CreateText" or "AppendText") when receiver is not null =>
                $"new StreamWriter({receiver}.Open(FileMode.CreateNew, FileAccess.Write))",
            _ => null,
        };
    }

    private static string? Writer(RaceSite race, IMethodSymbol member, string path)
    {
        var creation = (BaseObjectCreationExpressionSyntax)race.Use;
        string encoding = string.Empty;
        for (int i = 1; i < creation.ArgumentList!.Arguments.Count; i++)
        {
            ArgumentSyntax argument = creation.ArgumentList.Arguments[i];
            if (argument.NameColon is not null || member.Parameters[i].Name == "options")
                return null;
            if (member.Parameters[i].Name == "encoding")
                encoding = ", " + argument.Expression;
        }

        return $"new StreamWriter(new FileStream({path}, FileMode.CreateNew, FileAccess.Write){encoding})";
    }

    private static RaceRewrite ByExpression(RaceSite race, string text)
    {
        ExpressionSyntax replacement = SyntaxFactory.ParseExpression(text).WithTriviaFrom(race.Use).WithAdditionalAnnotations(Formatter.Annotation);
        return new RaceRewrite(Title, root => root.ReplaceNode(race.Use, replacement), ["System.IO"]);
    }

    /// <summary>Replaces the mode of a call that names one.</summary>
    private static RaceRewrite? RewriteMode(RaceSite race)
    {
        INamedTypeSymbol? fileMode = race.Model.Compilation.GetTypeByMetadataName("System.IO.FileMode");
        MemberAccessExpressionSyntax[] modes = [.. race.Use.DescendantNodes()
            .OfType<MemberAccessExpressionSyntax>()
            .Where(access => race.Model.GetSymbolInfo(access).Symbol is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.ContainingType, fileMode))];
        bool reads = race.Use.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(static access => access.ToString() is "FileAccess.Read" or "System.IO.FileAccess.Read");
        if (modes.Length != 1 || reads)
            return null;
        MemberAccessExpressionSyntax replacement = modes[0].WithName(SyntaxFactory.IdentifierName("CreateNew"));
        return new RaceRewrite(Title, root => root.ReplaceNode(modes[0], replacement), []);
    }

    /// <summary>Writes whole content: <c>File.WriteAllText</c> and its kin.</summary>
    private static RaceRewrite? RewriteContent(RaceSite race, IMethodSymbol member)
    {
        if (member.ContainingType.ToDisplayString() != "System.IO.File" || race.Use is not InvocationExpressionSyntax call)
            return null;
        SeparatedSyntaxList<ArgumentSyntax> arguments = call.ArgumentList.Arguments;
        bool isAsync = member.Name.EndsWith("Async", System.StringComparison.Ordinal);
        string name = isAsync ? member.Name.Substring(0, member.Name.Length - 5) : member.Name;
        bool isText = name is "WriteAllText" or "AppendAllText" && member.Parameters[1].Type.SpecialType == SpecialType.System_String;
        bool isBytes = name is "WriteAllBytes" && member.Parameters[1].Type is IArrayTypeSymbol;
        bool plain = arguments.Count == 2 || arguments.Count == 3 && isAsync && member.Parameters[2].Name == "cancellationToken";
        if (!plain || !isText && !isBytes || arguments.Any(static argument => argument.NameColon is not null))
            return null;

        if (race.Model.Compilation.GetTypeByMetadataName(AtomicFile) is not null)
        {
            ExpressionSyntax target = SyntaxFactory.ParseExpression("AtomicFile.WriteAll" + (isText ? "Text" : "Bytes") + (isAsync ? "Async" : string.Empty));
            InvocationExpressionSyntax replacement = call.WithExpression(target.WithTriviaFrom(call.Expression));
            return new RaceRewrite(Title, root => root.ReplaceNode(call, replacement), ["SecurityToolchain.Runtime.Files"]);
        }

        ExpressionSyntax whole = call.Parent is AwaitExpressionSyntax awaited ? awaited : call;
        if (whole.Parent is not ExpressionStatementSyntax statement || isAsync != whole is AwaitExpressionSyntax)
            return null;
        string stream = $"new FileStream({arguments[0].Expression}, FileMode.CreateNew, FileAccess.Write)";
        string keyword = isAsync ? "await " : string.Empty;
        string write = isAsync ? "await {0}.WriteAsync({1})" : "{0}.Write({1})";
        string variable = FreeName.Near(statement, isText ? "writer" : "stream");
        string source = keyword + "using (var " + variable + " = " + (isText ? $"new StreamWriter({stream})" : stream) + ") {\n"
            + string.Format(System.Globalization.CultureInfo.InvariantCulture, write, variable, arguments[1].Expression) + ";\n}\n";
        StatementSyntax created = SyntaxFactory.ParseStatement(source).WithTriviaFrom(statement).WithAdditionalAnnotations(Formatter.Annotation);
        return new RaceRewrite(Title, root => root.ReplaceNode(statement, created), ["System.IO"]);
    }
}
