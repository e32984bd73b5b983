using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SecurityToolchain.Scanning.Tests.Reports;

/// <summary>Validates JSON against the part of JSON Schema that the schema of SARIF uses. A keyword that is not known here fails the test.</summary>
internal sealed class JsonSchema(JsonElement root)
{
    private static readonly HashSet<string> Annotations = ["$schema", "$id", "id", "title", "description", "definitions", "default", "$comment"];

    /// <summary>What is wrong, each with its place.</summary>
    public IReadOnlyList<string> Validate(JsonElement value)
    {
        var errors = new List<string>();
        Check(root, value, "$", errors);
        return errors;
    }

    private void Check(JsonElement schema, JsonElement value, string at, List<string> errors)
    {
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            switch (keyword.Name)
            {
                case "$ref":
                    Check(Resolve(keyword.Value.GetString()!), value, at, errors);
                    break;
                case "type":
                    string[] types = keyword.Value.ValueKind == JsonValueKind.Array ? [.. keyword.Value.EnumerateArray().Select(static t => t.GetString()!)] : [keyword.Value.GetString()!];
                    Require(types.Any(type => IsOf(type, value)), at, $"is no {string.Join(" or ", types)}", errors);
                    break;
                case "enum":
                    Require(keyword.Value.EnumerateArray().Any(allowed => allowed.ValueKind == value.ValueKind && allowed.ToString() == value.ToString()), at, $"has the value '{value}'", errors);
                    break;
                case "required" when value.ValueKind == JsonValueKind.Object:
                    foreach (JsonElement name in keyword.Value.EnumerateArray())
                        Require(value.TryGetProperty(name.GetString()!, out _), at, $"lacks '{name}'", errors);
                    break;
                case "properties" when value.ValueKind == JsonValueKind.Object:
                    foreach (JsonProperty property in keyword.Value.EnumerateObject())
                    {
                        if (value.TryGetProperty(property.Name, out JsonElement child))
                            Check(property.Value, child, at + "." + property.Name, errors);
                    }

                    break;
                case "additionalProperties" when value.ValueKind == JsonValueKind.Object:
                    foreach (JsonProperty property in value.EnumerateObject())
                    {
                        if (schema.TryGetProperty("properties", out JsonElement known) && known.TryGetProperty(property.Name, out _))
                            continue;
                        if (keyword.Value.ValueKind == JsonValueKind.Object)
                            Check(keyword.Value, property.Value, at + "." + property.Name, errors);
                        else
                            Require(keyword.Value.GetBoolean(), at, $"may not have '{property.Name}'", errors);
                    }

                    break;
                case "items" when value.ValueKind == JsonValueKind.Array:
                    int index = 0;
                    foreach (JsonElement item in value.EnumerateArray())
                        Check(keyword.Value, item, string.Create(CultureInfo.InvariantCulture, $"{at}[{index++}]"), errors);
                    break;
                case "minItems" when value.ValueKind == JsonValueKind.Array:
                    Require(value.GetArrayLength() >= keyword.Value.GetInt32(), at, "has too few items", errors);
                    break;
                case "uniqueItems" when value.ValueKind == JsonValueKind.Array && keyword.Value.GetBoolean():
                    Require(value.EnumerateArray().Select(static item => item.GetRawText()).Distinct(StringComparer.Ordinal).Count() == value.GetArrayLength(), at, "has equal items", errors);
                    break;
                case "minimum" when value.ValueKind == JsonValueKind.Number:
                    Require(value.GetDouble() >= keyword.Value.GetDouble(), at, $"is {value}, below {keyword.Value}", errors);
                    break;
                case "maximum" when value.ValueKind == JsonValueKind.Number:
                    Require(value.GetDouble() <= keyword.Value.GetDouble(), at, $"is {value}, above {keyword.Value}", errors);
                    break;
                case "pattern" when value.ValueKind == JsonValueKind.String:
                    Require(Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!, RegexOptions.ECMAScript, TimeSpan.FromSeconds(5)), at, $"does not fit '{keyword.Value}'", errors);
                    break;
                case "format" when value.ValueKind == JsonValueKind.String:
                    Require(FitsFormat(keyword.Value.GetString()!, value.GetString()!), at, $"is no {keyword.Value}", errors);
                    break;
                case "anyOf":
                    Require(keyword.Value.EnumerateArray().Any(option => Fits(option, value)), at, "fits none of the forms", errors);
                    break;
                case "oneOf":
                    Require(keyword.Value.EnumerateArray().Count(option => Fits(option, value)) == 1, at, "fits none or several of the forms", errors);
                    break;
                case "allOf":
                    foreach (JsonElement part in keyword.Value.EnumerateArray())
                        Check(part, value, at, errors);
                    break;
                case "not":
                    Require(!Fits(keyword.Value, value), at, "has a form that is not allowed", errors);
                    break;
                case "dependencies" or "if" or "then" or "else" or "patternProperties" or "const":
                    throw new NotSupportedException($"The keyword '{keyword.Name}' is not implemented.");
            }
        }
    }

    /// <summary>Keywords of a schema that would be passed over.</summary>
    public static IEnumerable<string> UnknownKeywords(JsonElement schema)
    {
        string[] known = ["$ref", "type", "enum", "required", "properties", "additionalProperties", "items", "minItems", "uniqueItems", "minimum", "maximum", "pattern", "format", "anyOf", "oneOf", "allOf", "not"];
        var pending = new Stack<JsonElement>([schema]);
        while (pending.TryPop(out JsonElement current))
        {
            foreach (JsonProperty keyword in current.EnumerateObject())
            {
                if (keyword.Name is "properties" or "definitions")
                {
                    foreach (JsonProperty child in keyword.Value.EnumerateObject())
                        pending.Push(child.Value);
                }
                else if (keyword.Name is "items" or "additionalProperties" or "not" && keyword.Value.ValueKind == JsonValueKind.Object)
                {
                    pending.Push(keyword.Value);
                }
                else if (keyword.Name is "anyOf" or "oneOf" or "allOf")
                {
                    foreach (JsonElement child in keyword.Value.EnumerateArray())
                        pending.Push(child);
                }
                else if (!known.Contains(keyword.Name) && !Annotations.Contains(keyword.Name))
                {
                    yield return keyword.Name;
                }
            }
        }
    }

    private bool Fits(JsonElement schema, JsonElement value)
    {
        var errors = new List<string>();
        Check(schema, value, "", errors);
        return errors.Count == 0;
    }

    private JsonElement Resolve(string reference)
    {
        JsonElement current = root;
        foreach (string part in reference.Split('/').Skip(1))
            current = current.GetProperty(part);
        return current;
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException(type),
    };

    private static bool FitsFormat(string format, string text) => format switch
    {
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "uri-reference" => Uri.IsWellFormedUriString(text, UriKind.RelativeOrAbsolute),
        "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        _ => throw new NotSupportedException(format),
    };

    private static void Require(bool holds, string at, string problem, List<string> errors)
    {
        if (!holds)
            errors.Add(at + " " + problem);
    }
}
