using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Injection.QueryText;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;
using static SecurityToolchain.Analyzers.Taint.Sinks.SinkRows;

namespace SecurityToolchain.Analyzers.Taint.Sinks;

/// <summary>Members that start programs or hand text to a shell (CWE-78, CWE-88).</summary>
internal static class CommandSinks
{
    private const string Start = "System.Diagnostics.ProcessStartInfo";

    private static readonly string[] s_shells = ["cmd", "sh", "bash", "zsh", "dash", "ksh", "csh", "fish", "powershell", "pwsh", "wsl", "wscript", "cscript", "mshta", "sudo", "env", "xargs"];

    // Programs with an option that runs another program or writes a file.
    private static readonly string[] s_optionsRun = ["git", "ssh", "scp", "rsync", "curl", "wget", "tar", "find", "hg", "svn"];

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Sink> All = ImmutableArray.CreateRange<Sink>([
        // System.Diagnostics.Process and ProcessStartInfo reference.
        Sink.Parameter(SinkKinds.Command, "System.Diagnostics.Process", "Start", "fileName"),
        Sink.Parameter(SinkKinds.Command, "System.Diagnostics.Process", "Start", "arguments", filter: static member => TakesText(member, "arguments")),
        .. Constructors(SinkKinds.Command, Start, "fileName"),
        Sink.ConstructorParameter(SinkKinds.Command, Start, "arguments", filter: static member => TakesText(member, "arguments")),

        // A list of arguments keeps them apart, as ArgumentList does.
        Sink.Parameter(SinkKinds.Command, "System.Diagnostics.Process", "Start", "arguments", filter: static member => !TakesText(member, "arguments"), when: IsRiskyProgram),
        Sink.ConstructorParameter(SinkKinds.Command, Start, "arguments", filter: static member => !TakesText(member, "arguments"), when: IsRiskyProgram),
        .. Properties(SinkKinds.Command, Start, "FileName", "Arguments"),

        // ArgumentList keeps arguments apart: a shell still runs its argument, and a few programs run what an option says.
        Sink.Parameter(SinkKinds.Command, "System.Collections.ObjectModel.Collection`1", "Add", "item", when: IsRiskyArgument),
        Sink.Parameter(SinkKinds.Command, "System.Collections.ObjectModel.Collection`1", "Insert", "item", when: IsRiskyArgument),

        // Microsoft.VisualBasic, SSH.NET, CliWrap, Renci, SimpleExec, Medallion reference.
        Sink.Parameter(SinkKinds.Command, "Microsoft.VisualBasic.Interaction", "Shell", "PathName"),
        .. Parameters(SinkKinds.Command, "Renci.SshNet.SshClient", "commandText", "CreateCommand", "RunCommand"),
        Sink.Parameter(SinkKinds.Command, "CliWrap.Cli", "Wrap", "targetFilePath"),
        Sink.Parameter(SinkKinds.Command, "CliWrap.Command", "WithArguments", "arguments", filter: static member => TakesText(member, "arguments")),
        .. Parameters(SinkKinds.Command, "SimpleExec.Command", "name", "Run", "RunAsync", "ReadAsync"),
        .. Parameters(SinkKinds.Command, "SimpleExec.Command", "args", static site => site.Argument("args")?.Type?.SpecialType == SpecialType.System_String, ["Run", "RunAsync", "ReadAsync"]),
        Sink.Parameter(SinkKinds.Command, "Medallion.Shell.Command", "Run", "executable"),

        // System.Management reference: WMI's Win32_Process.Create.
        Sink.Parameter(SinkKinds.Command, "System.Management.ManagementObject", "InvokeMethod", "args", when: static site => site.TryGetConstant("methodName", out object? name) && name is "Create"),
    ]);

    private static bool TakesText(ISymbol member, string parameter) =>
        member is IMethodSymbol method && method.Parameters.Any(one => one.Name == parameter && one.Type.SpecialType == SpecialType.System_String);

    /// <summary>Whether a list of arguments is for a shell, or for a program with dangerous options and nothing ends the options.</summary>
    private static bool IsRiskyProgram(SinkSite site)
    {
        if (!site.TryGetConstant("fileName", out object? name) || name is not string path)
            return false;
        string program = Program(path);
        return s_shells.Contains(program)
            || (s_optionsRun.Contains(program) && site.Argument("arguments") is { } arguments && !EndsOptions(arguments) && SourceIndex.For(site.Compilation).Surrounding(site.Operation) is { } body && !EndsOptions(body));
    }

    private static bool IsRiskyArgument(SinkSite site)
    {
        if (site.Operation is not IInvocationOperation call || SourceIndex.For(site.Compilation).Surrounding(call) is not { } body)
            return false;
        IInvocationOperation? original = body.Descendants().OfType<IInvocationOperation>().FirstOrDefault(one => one.Syntax == call.Syntax);
        if (original?.Instance?.WithoutConversions() is not IPropertyReferenceOperation { Property: { Name: "ArgumentList", ContainingType.Name: "ProcessStartInfo" } } list
            || ProgramOf(list, body, site) is not { } program)
        {
            return false;
        }

        if (s_shells.Contains(program))
            return true;
        return s_optionsRun.Contains(program) && site.KnownPrefix.Length == 0 && !EndsOptions(body);
    }

    /// <summary>Whether the surrounding code adds <c>--</c>, after which nothing is an option.</summary>
    private static bool EndsOptions(IOperation body) => body.Descendants().Any(static one => one is ILiteralOperation { ConstantValue: { HasValue: true, Value: "--" } });

    /// <summary>The name of the program of a start info that is made in the same body, without folder and extension.</summary>
    private static string? ProgramOf(IPropertyReferenceOperation argumentList, IOperation body, SinkSite site)
    {
        ISymbol? owner = SymbolOf(argumentList.Instance);
        foreach (IOperation operation in body.Descendants())
        {
            IOperation? name = operation switch
            {
                IObjectCreationOperation { Type.Name: "ProcessStartInfo" } creation when IsFor(creation, owner) => creation.FindArgument("fileName")?.Value,
                ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: "FileName", ContainingType.Name: "ProcessStartInfo" } } } assignment => assignment.Value,
                _ => null,
            };
            if (name is not null && (name.ConstantValue.HasValue ? name.ConstantValue.Value : site.TryGetConstant(name, out object? value) ? value : null) is string text)
                return Program(text);
        }

        return null;
    }

    private static ISymbol? SymbolOf(IOperation? operation) => operation?.WithoutConversions() switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IMemberReferenceOperation member => member.Member,
        _ => null,
    };

    private static bool IsFor(IObjectCreationOperation creation, ISymbol? owner)
    {
        for (IOperation? parent = creation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IVariableDeclaratorOperation declarator)
                return owner is null || SymbolEqualityComparer.Default.Equals(declarator.Symbol, owner);
        }

        return true;
    }

    /// <summary>Whether a program runs what its arguments say, so that keeping them apart does not help.</summary>
    public static bool RunsArguments(string path) => Program(path) is var program && (s_shells.Contains(program) || s_optionsRun.Contains(program));

    /// <summary>A program's name without folder and extension, in lower case.</summary>
    public static string Program(string path)
    {
        int slash = path.LastIndexOfAny(['/', '\\']);
        string name = path.Substring(slash + 1).ToLowerInvariant();
        return name.EndsWith(".exe", StringComparison.Ordinal) ? name.Substring(0, name.Length - 4) : name;
    }
}
