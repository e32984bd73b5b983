using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>What a compilation is built for.</summary>
internal static class TargetFrameworkVersion
{
    /// <summary>The version of .NET Framework, or null for other frameworks and where nothing tells it.</summary>
    public static Version? NetFramework(Compilation compilation, AnalyzerConfigOptionsProvider options)
    {
        if (options.GlobalOptions.TryGetValue("build_property.TargetFramework", out string? moniker) && moniker.Length > 0)
            return FromMoniker(moniker);
        AttributeData? attribute = compilation.Assembly.GetAttributes().FirstOrDefault(static one => one.AttributeClass?.Name == "TargetFrameworkAttribute");
        return attribute?.ConstructorArguments is [{ Value: string name }, ..] && name.StartsWith(".NETFramework,Version=v", StringComparison.Ordinal)
            && Version.TryParse(name.Substring(".NETFramework,Version=v".Length), out Version? version) ? version : null;
    }

    /// <summary>Whether the program runs on Windows only.</summary>
    public static bool IsWindows(Compilation compilation, AnalyzerConfigOptionsProvider options)
    {
        if (options.GlobalOptions.TryGetValue("build_property.TargetFramework", out string? moniker) && moniker.IndexOf("-windows", StringComparison.OrdinalIgnoreCase) > 0)
            return true;
        if (options.GlobalOptions.TryGetValue("build_property.RuntimeIdentifier", out string? runtime) && runtime.StartsWith("win", StringComparison.OrdinalIgnoreCase))
            return true;
        return compilation.GetSpecialType(SpecialType.System_Object).ContainingAssembly?.Name == "mscorlib";
    }

    /// <summary><c>net40</c>, <c>net452</c>, <c>net48</c>; newer monikers have a dot.</summary>
    private static Version? FromMoniker(string moniker)
    {
        if (!moniker.StartsWith("net", StringComparison.OrdinalIgnoreCase) || moniker.Length is < 5 or > 6)
            return null;
        string digits = moniker.Substring(3);
        return digits.All(static digit => digit is >= '0' and <= '9')
            ? new Version(digits[0] - '0', digits[1] - '0', digits.Length > 2 ? digits[2] - '0' : 0)
            : null;
    }
}
