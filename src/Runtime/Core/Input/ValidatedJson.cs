using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SecurityToolchain.Runtime.Input;

/// <summary>
/// Reads JSON from outside into a type: bounded in size and depth, no unknown members, no member twice, no type named by the document
/// unless the type itself declares it, and DataAnnotations checked on the whole object graph. Thread safe.
/// </summary>
public static class ValidatedJson
{
    private static readonly ValidatedJsonOptions s_defaults = new();
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<(int, bool), JsonSerializerOptions> s_reflectionOptions = new();
    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<JsonTypeInfo, JsonTypeInfo> s_strictTypes = [];

    /// <summary>Reads and validates a document, by reflection.</summary>
    /// <typeparam name="T">Type to read; its DataAnnotations attributes are checked, and those of the objects in it.</typeparam>
    /// <param name="utf8Json">The document.</param>
    /// <param name="options">Limits; the defaults if <see langword="null"/>.</param>
    /// <exception cref="JsonValidationException">The document is beyond a limit, malformed or invalid; it lists every validation problem.</exception>
    [RequiresUnreferencedCode("Reads and validates by reflection; use the overload with JsonTypeInfo when trimming.")]
    [RequiresDynamicCode("Reads by reflection; use the overload with JsonTypeInfo with NativeAOT.")]
    public static T Deserialize<T>(ReadOnlySpan<byte> utf8Json, ValidatedJsonOptions? options = null)
    {
        options = Check(options, utf8Json.Length);
        JsonSerializerOptions strict = s_reflectionOptions.GetOrAdd(
            (options.MaxDepth, options.AllowUnknownMembers), static key => Strict(new JsonSerializerOptions(JsonSerializerDefaults.Web), key.Item1, key.Item2));
        T value = Read(utf8Json, static (bytes, state) => JsonSerializer.Deserialize<T>(bytes, state), strict);
        var problems = new List<JsonProblem>();
        AnnotationValidator.Validate(value!, options.MaxDepth, problems);
        return problems.Count == 0 ? value : throw new JsonValidationException(problems);
    }

    /// <summary>Reads and validates a document, by source-generated metadata.</summary>
    /// <typeparam name="T">Type to read.</typeparam>
    /// <param name="utf8Json">The document.</param>
    /// <param name="typeInfo">Metadata from a <see cref="JsonSerializerContext"/>; limits are applied over its options.</param>
    /// <param name="validate">Adds what is wrong with the object to the list; attributes are not looked at, since that needs reflection.</param>
    /// <param name="options">Limits; the defaults if <see langword="null"/>. The depth and the unknown members of the first call per metadata count.</param>
    /// <exception cref="JsonValidationException">The document is beyond a limit, malformed or invalid.</exception>
    public static T Deserialize<T>(
        ReadOnlySpan<byte> utf8Json, JsonTypeInfo<T> typeInfo, Action<T, ICollection<JsonProblem>> validate, ValidatedJsonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        ArgumentNullException.ThrowIfNull(validate);
        options = Check(options, utf8Json.Length);
        var strict = (JsonTypeInfo<T>)s_strictTypes.GetValue(
            typeInfo, info => Strict(new JsonSerializerOptions(info.Options), options.MaxDepth, options.AllowUnknownMembers).GetTypeInfo(info.Type));
        T value = Read(utf8Json, static (bytes, state) => JsonSerializer.Deserialize(bytes, state), strict);
        var problems = new List<JsonProblem>();
        validate(value, problems);
        return problems.Count == 0 ? value : throw new JsonValidationException(problems);
    }

    private static ValidatedJsonOptions Check(ValidatedJsonOptions? options, int size)
    {
        options ??= s_defaults;
        options.Validate();
        return size <= options.MaxSizeInBytes
            ? options
            : throw new JsonValidationException(new JsonProblem("$", Error.Invariant($"the document has {size} bytes, more than the limit of {options.MaxSizeInBytes}")));
    }

    private static JsonSerializerOptions Strict(JsonSerializerOptions options, int maxDepth, bool allowUnknownMembers)
    {
        options.MaxDepth = maxDepth;
        options.UnmappedMemberHandling = allowUnknownMembers ? JsonUnmappedMemberHandling.Skip : JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.AllowTrailingCommas = false;
        options.ReadCommentHandling = JsonCommentHandling.Disallow;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        return options;
    }

    private static T Read<T, TState>(ReadOnlySpan<byte> utf8Json, Func<ReadOnlySpan<byte>, TState, T?> read, TState state)
    {
        try
        {
            return read(utf8Json, state) ?? throw new JsonValidationException(new JsonProblem("$", "the document is null"));
        }
        catch (JsonException error)
        {
            // The framework's message may quote the document; path and position do not.
            string place = Error.Invariant($"line {error.LineNumber + 1}, byte {error.BytePositionInLine}");
            throw new JsonValidationException(new JsonProblem(error.Path ?? "$", $"cannot be read as {typeof(T).Name} ({place})"));
        }
        catch (NotSupportedException)
        {
            throw new JsonValidationException(new JsonProblem("$", $"{typeof(T).Name} cannot be read from JSON"));
        }
    }
}
