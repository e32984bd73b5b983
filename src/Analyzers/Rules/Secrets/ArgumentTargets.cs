using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>What an argument is: a credential by the parameter's definition, the value of a named entry, one side of a comparison.</summary>
internal static class ArgumentTargets
{
    private static readonly string[] s_settingVerbs = ["Set", "With", "Use"];

    /// <summary>Finds the target of an argument's value.</summary>
    public static ValueTarget Find(IArgumentOperation argument, CredentialSinkIndex sinks, string? fallback)
    {
        IParameterSymbol? parameter = argument.Parameter;
        ImmutableArray<IArgumentOperation> arguments = argument.Parent switch
        {
            IInvocationOperation call => call.Arguments,
            IObjectCreationOperation creation => creation.Arguments,
            _ => default,
        };
        if (parameter is null || arguments.IsDefault)
            return default;
        if (argument.Parent is IInvocationOperation comparison && IsComparison(comparison) && OtherSide(comparison, argument) is { } other)
            return ReferenceName.Of(other) is { } name ? new ValueTarget(null, name, false, true, argument.Parent, null) : default;

        bool sink = sinks.IsSink(parameter);
        string? entry = EntryName(argument, arguments) ?? NameOfSetter(argument, arguments.Length);
        // The parameter's own name speaks only if it is not "value", "data" and the like, for which the entry's name stands.
        return new ValueTarget(parameter.OriginalDefinition, entry ?? parameter.Name, sink, false, argument.Parent, fallback);
    }

    // SetPassword(value), WithApiKey(v): what is set, where the parameter has nothing to say.
    private static string? NameOfSetter(IArgumentOperation argument, int count)
    {
        if (count != 1 || argument.Parent is not IInvocationOperation { TargetMethod.Name: { } method } || argument.Parameter?.Name.ToUpperInvariant() is not ("VALUE" or "VAL" or "V" or "TEXT" or "S" or "DATA"))
            return null;
        foreach (string verb in s_settingVerbs)
        {
            if (method.Length > verb.Length && method.StartsWith(verb, StringComparison.Ordinal) && char.IsUpper(method[verb.Length]))
                return method.Substring(verb.Length);
        }

        return null;
    }

    // Add("password", "..."), SetEnvironmentVariable(variable, value), KeyValuePair.Create(key, value), GetValue(key, defaultValue).
    private static string? EntryName(IArgumentOperation argument, ImmutableArray<IArgumentOperation> arguments)
    {
        if (argument.Parameter is not { Ordinal: > 0 } parameter || parameter.Name.ToUpperInvariant() is not ("VALUE" or "VALUES" or "VAL" or "DEFAULTVALUE" or "DATA" or "TEXT" or "CONTENT" or "ITEM2" or "OBJ" or "OBJECT" or "V" or "HEADERVALUE" or "VARIABLEVALUE"))
            return null;
        foreach (IArgumentOperation other in arguments)
        {
            if (other.Parameter?.Ordinal == parameter.Ordinal - 1)
                return other.Value.WithoutConversions().ConstantValue is { HasValue: true, Value: string name } ? name.TrimStart('@', ':', '$', '-') : ReferenceName.Of(other.Value);
        }

        return null;
    }

    private static bool IsComparison(IInvocationOperation call) =>
        call.TargetMethod.Name is "Equals" or "FixedTimeEquals" or "SequenceEqual" or "Compare" or "CompareOrdinal" or "CompareTo"
        && call.Type?.SpecialType is SpecialType.System_Boolean or SpecialType.System_Int32;

    private static IOperation? OtherSide(IInvocationOperation call, IArgumentOperation argument)
    {
        if (call.Instance is not null)
            return argument.Parameter?.Ordinal == 0 ? call.Instance : null;
        if (call.Arguments.Length < 2 || argument.Parameter is not { Ordinal: <= 1 } parameter)
            return null;
        foreach (IArgumentOperation other in call.Arguments)
        {
            if (other.Parameter?.Ordinal == 1 - parameter.Ordinal)
                return other.Value;
        }

        return null;
    }
}
