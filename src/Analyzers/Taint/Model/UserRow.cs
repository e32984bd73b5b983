using System;
using System.Collections.Generic;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>One object of a model file.</summary>
/// <param name="section">The array that it stands in: <c>sources</c>, <c>sinks</c>, <c>sanitizers</c>, <c>validators</c>, <c>propagators</c>.</param>
/// <param name="values">Its keys and values.</param>
/// <param name="position">Where it begins in the file.</param>
internal sealed class UserRow(string section, IReadOnlyDictionary<string, string> values, int position)
{
    /// <summary>Where the row begins.</summary>
    public int Position { get; } = position;

    /// <summary>A value as it is written.</summary>
    public string? Value(string key) => values.TryGetValue(key, out string? value) ? value : key == "section" ? section : null;

    /// <summary>The row in the engine's vocabulary; null when it is not understood.</summary>
    /// <param name="expected">What would have been understood.</param>
    /// <param name="key">The key that was not.</param>
    public ModelRow? ToModelRow(out string? expected, out string key)
    {
        expected = null;
        foreach (string known in values.Keys)
        {
            if (Array.IndexOf(s_keys, known) < 0)
            {
                key = known;
                expected = "one of " + string.Join(", ", s_keys);
                return null;
            }
        }

        foreach (string required in s_required)
        {
            if (Value(required) is not { Length: > 0 })
            {
                key = required;
                expected = "a name in quotes";
                return null;
            }
        }

        string type = Value("type")!, member = Value("member")!;
        string? parameter = Value("parameter");
        bool derived = Value("includeImplementations") == "true";
        switch (section)
        {
            case "sources":
                return Kind("kind", out SourceKinds source, out expected, out key)
                    ? parameter is null ? Source.ReturnValue(source, type, member, derived, Value("describe")) : SourceOfParameter(source, type, member, parameter, derived)
                    : null;
            case "sinks":
                if (!Kind("kind", out SinkKinds sink, out expected, out key))
                    return null;
                return parameter is null ? Sink.Property(sink, type, member, derived) : parameter == "*" ? Sink.EveryParameter(sink, type, member, derived) : Sink.Parameter(sink, type, member, parameter, derived);
            case "sanitizers":
                return Kind("clears", out SinkKinds clears, out expected, out key) ? Sanitizer.ReturnValue(clears, type, member, derived) : null;
            case "validators":
                if (!Kind("clears", out SinkKinds proves, out expected, out key))
                    return null;
                if (!Enum.TryParse(Value("validWhen") ?? "true", ignoreCase: true, out ValidWhen when) || !Enum.IsDefined(typeof(ValidWhen), when))
                {
                    key = "validWhen";
                    expected = "true, false or returns";
                    return null;
                }

                return parameter is null ? Validator.Receiver(proves, type, member, when, derived) : Validator.Parameter(proves, type, member, parameter, when, derived);
            case "propagators":
                return ToPropagator(type, member, derived, out expected, out key);
            default:
                key = "section";
                expected = "sources, sinks, sanitizers, validators or propagators";
                return null;
        }
    }

    private static readonly string[] s_keys = ["type", "member", "parameter", "kind", "clears", "validWhen", "from", "to", "includeImplementations", "describe"];

    private static readonly string[] s_required = ["type", "member"];

    private static Source SourceOfParameter(SourceKinds kinds, string type, string member, string parameter, bool derived) =>
        derived ? Source.ImplementedParameter(kinds, type, member, parameter == "*" ? null : parameter) : Source.Argument(kinds, type, member, parameter);

    private Propagator? ToPropagator(string type, string member, bool derived, out string? expected, out string key)
    {
        expected = null;
        key = "from";
        if (Value("from") is null && Value("to") is null)
            return Propagator.Neutral(type, member, derived);
        if (Point(Value("from")) is not { } from)
        {
            expected = "receiver, or the name of a parameter";
            return null;
        }

        key = "to";
        if (Point(Value("to")) is not { } to)
        {
            expected = "receiver, result, or the name of a parameter";
            return null;
        }

        return Propagator.Flow(type, member, from, to, derived);
    }

    private static FlowPoint? Point(string? name) => name switch
    {
        null or "" => null,
        "receiver" => FlowPoint.Receiver,
        "result" => FlowPoint.Result,
        _ => FlowPoint.Argument(name),
    };

    private bool Kind<T>(string name, out T kind, out string? expected, out string key)
        where T : struct, Enum
    {
        key = name;
        expected = null;
        kind = default;
        // Enum.TryParse also takes numbers, which nobody could read.
        if (Value(name) is { Length: > 0 } text && !char.IsDigit(text[0]) && text[0] != '-' && Enum.TryParse(text, ignoreCase: true, out kind) && !kind.Equals(default(T)))
            return true;
        expected = "a kind such as " + (typeof(T) == typeof(SourceKinds) ? nameof(SourceKinds.RequestValue) : nameof(SinkKinds.Sql)) + "; docs/taint.md lists them";
        return false;
    }
}
