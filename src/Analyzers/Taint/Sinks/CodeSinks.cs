using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Model;
using static SecurityToolchain.Analyzers.Taint.Sinks.SinkRows;

namespace SecurityToolchain.Analyzers.Taint.Sinks;

/// <summary>Members that run text as code or as a template (CWE-94, CWE-95, CWE-1336).</summary>
internal static class CodeSinks
{
    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Sink> All = ImmutableArray.CreateRange<Sink>([
        // Roslyn scripting and CodeDOM reference.
        .. Parameters(SinkKinds.Code, "Microsoft.CodeAnalysis.CSharp.Scripting.CSharpScript", "code", "EvaluateAsync", "RunAsync", "Create"),
        .. Parameters(SinkKinds.Code, "Microsoft.CodeAnalysis.Scripting.Script", "code", "ContinueWith"),
        .. Parameters(SinkKinds.Code, "System.CodeDom.Compiler.CodeDomProvider", "sources", "CompileAssemblyFromSource"),
        .. Parameters(SinkKinds.Code, "System.CodeDom.Compiler.ICodeCompiler", "source", "CompileAssemblyFromSource"),
        .. Constructors(SinkKinds.Code, "System.CodeDom.CodeSnippetCompileUnit", "value"),
        .. Constructors(SinkKinds.Code, "System.CodeDom.CodeSnippetExpression", "value"),

        // System.Management.Automation reference.
        .. Parameters(SinkKinds.Code, "System.Management.Automation.PowerShell", "script", "AddScript"),
        .. Parameters(SinkKinds.Code, "System.Management.Automation.ScriptBlock", "script", "Create"),
        .. Parameters(SinkKinds.Code, "System.Management.Automation.CommandInvocationIntrinsics", "script", "InvokeScript", "NewScriptBlock"),
        .. Parameters(SinkKinds.Code, "System.Management.Automation.Runspaces.Runspace", "command", "CreatePipeline"),
        .. Parameters(SinkKinds.Code, "System.Management.Automation.Runspaces.CommandCollection", "scriptContents", "AddScript"),

        // Dynamic LINQ reference: texts that are parsed as expressions.
        .. DynamicLinq("predicate", "Where", "All", "Any", "Count", "First", "FirstOrDefault", "Last", "LastOrDefault", "Single", "SingleOrDefault", "SkipWhile", "TakeWhile", "Sum", "Average"),
        .. DynamicLinq("ordering", "OrderBy", "ThenBy"),
        .. DynamicLinq("selector", "Select", "SelectMany"),
        .. DynamicLinq("keySelector", "GroupBy"),
        .. Parameters(SinkKinds.Code, "System.Linq.Dynamic.Core.DynamicExpressionParser", "expression", "ParseLambda"),
        .. Parameters(SinkKinds.Code, "System.Linq.Dynamic.DynamicQueryable", "predicate", "Where"),

        // Expressions of data tables.
        .. Parameters(SinkKinds.Code, "System.Data.DataTable", "expression", "Compute"),
        .. Parameters(SinkKinds.Code, "System.Data.DataTable", "filter", "Compute"),
        .. Parameters(SinkKinds.Code, "System.Data.DataTable", "filterExpression", "Select"),
        .. Properties(SinkKinds.Code, "System.Data.DataView", "RowFilter"),
        .. Properties(SinkKinds.Code, "System.Data.DataColumn", "Expression"),

        // Script engines and expression evaluators.
        .. Constructors(SinkKinds.Code, "NCalc.Expression", "expression"),
        .. Parameters(SinkKinds.Code, "Jint.Engine", "code", "Execute", "Evaluate"),
        .. Parameters(SinkKinds.Code, "Jint.Engine", "source", "Execute", "Evaluate"),
        .. Parameters(SinkKinds.Code, "Microsoft.ClearScript.ScriptEngine", "code", "Execute", "Evaluate", "ExecuteCommand"),
        .. Parameters(SinkKinds.Code, "Microsoft.Scripting.Hosting.ScriptEngine", "expression", "Execute", "CreateScriptSourceFromString"),
        .. Parameters(SinkKinds.Code, "MoonSharp.Interpreter.Script", "code", "DoString", "RunString", "LoadString"),
        .. Parameters(SinkKinds.Code, "NLua.Lua", "chunk", "DoString", "LoadString"),
        .. Parameters(SinkKinds.Code, "DynamicExpresso.Interpreter", "expressionText", "Eval", "Parse", "ParseAsDelegate"),
        .. Parameters(SinkKinds.Code, "System.Windows.Markup.XamlReader", "xamlText", "Parse"),
        .. Parameters(SinkKinds.Code, "System.Xaml.XamlServices", "xaml", "Parse"),

        // Template engines.
        .. Parameters(SinkKinds.Template, "Scriban.Template", "text", "Parse", "ParseLiquid", "Evaluate"),
        .. Parameters(SinkKinds.Template, "DotLiquid.Template", "source", "Parse"),
        .. Parameters(SinkKinds.Template, "HandlebarsDotNet.Handlebars", "template", "Compile"),
        .. Parameters(SinkKinds.Template, "Fluid.FluidParser", "template", "Parse", "TryParse"),
        .. Parameters(SinkKinds.Template, "RazorEngine.Templating.RazorEngineServiceExtensions", "templateSource", "RunCompile", "Compile", "AddTemplate"),
        .. Parameters(SinkKinds.Template, "RazorEngine.Razor", "razorTemplate", "Parse", "Compile"),
        .. Parameters(SinkKinds.Template, "RazorLight.IRazorLightEngine", "content", "CompileRenderStringAsync"),
        .. Parameters(SinkKinds.Template, "RazorEngineCore.IRazorEngine", "content", "Compile", "CompileAsync"),
    ]);

    private static ImmutableArray<Sink> DynamicLinq(string parameter, params string[] methods)
    {
        ImmutableArray<Sink>.Builder rows = ImmutableArray.CreateBuilder<Sink>();
        foreach (string method in methods)
        {
            rows.Add(Sink.Parameter(SinkKinds.Code, "System.Linq.Dynamic.Core.DynamicQueryableExtensions", method, parameter, filter: member => TakesText(member, parameter)));
        }

        return rows.ToImmutable();
    }

    private static bool TakesText(ISymbol member, string parameter) =>
        member is IMethodSymbol method && method.Parameters.Any(one => one.Name == parameter && one.Type.SpecialType == SpecialType.System_String);
}
