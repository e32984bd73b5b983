using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace SecurityToolchain.Runtime.Input;

/// <summary>Checks DataAnnotations on an object and on everything in it; the platform's validator looks at the outermost object only.</summary>
internal static class AnnotationValidator
{
    private const int MaxProblems = 100;

    [RequiresUnreferencedCode("Validates by reflection.")]
    public static void Validate(object value, int maxDepth, List<JsonProblem> problems) =>
        Visit(value, "$", maxDepth, problems, new HashSet<object>(ReferenceEqualityComparer.Instance));

    [RequiresUnreferencedCode("Validates by reflection.")]
    private static void Visit(object value, string path, int depth, List<JsonProblem> problems, HashSet<object> visited)
    {
        Type type = value.GetType();
        if (depth < 0 || problems.Count >= MaxProblems || IsLeaf(type) || !visited.Add(value))
            return;
        if (value is IEnumerable items)
        {
            int index = 0;
            foreach (object? item in items)
            {
                if (item is not null)
                    Visit(item, Error.Invariant($"{path}[{index}]"), depth - 1, problems, visited);
                index++;
            }

            return;
        }

        var results = new List<ValidationResult>();
        Validator.TryValidateObject(value, new ValidationContext(value), results, validateAllProperties: true);
        foreach (ValidationResult result in results)
        {
            string member = result.MemberNames.FirstOrDefault() is { Length: > 0 } name ? $"{path}.{name}" : path;
            problems.Add(new JsonProblem(member, result.ErrorMessage ?? "is not valid"));
        }

        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.CanRead && property.GetIndexParameters().Length == 0 && !IsLeaf(property.PropertyType) && property.GetValue(value) is { } child)
                Visit(child, $"{path}.{property.Name}", depth - 1, problems, visited);
        }
    }

    private static bool IsLeaf(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type.Namespace == nameof(System) || type.Namespace?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true;
}
