using System.Reflection;
using System.Xml.Linq;

namespace SecurityToolchain.Runtime.Tests.PublicApi;

/// <summary>Compares the documentation file of an assembly with its public members: a summary for each, and a line for each parameter.</summary>
internal static class PublicDocumentation
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<string> FindGaps(Assembly assembly)
    {
        var members = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member").ToDictionary(static member => (string)member.Attribute("name")!);
        var gaps = new List<string>();
        foreach (Type type in assembly.GetExportedTypes())
        {
            foreach (MethodBase method in type.GetMembers(Declared).OfType<MethodBase>().Where(IsDocumented))
            {
                // A primary constructor is documented on its type.
                string id = Id(method);
                if (!members.TryGetValue(id, out XElement? member) && !(method.IsConstructor && members.TryGetValue("T:" + TypeName(type), out member)))
                    continue;
                if (member!.Element("inheritdoc") is not null)
                    continue;
                foreach (ParameterInfo parameter in method.GetParameters())
                {
                    if (!member.Elements("param").Any(element => (string?)element.Attribute("name") == parameter.Name && element.Value.Trim().Length > 0))
                        gaps.Add($"{id}: parameter {parameter.Name}");
                }
            }
        }

        return gaps;
    }

    private static bool IsDocumented(MethodBase method) =>
        (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
        && method.GetParameters().Length > 0
        && !(method.IsSpecialName && method.IsConstructor == false)
        && !method.Name.Contains('<', StringComparison.Ordinal)
        && method.DeclaringType is { IsEnum: false } type
        && !typeof(Delegate).IsAssignableFrom(type)
        && !(method is MethodInfo { IsVirtual: true } virtualMethod && virtualMethod.GetBaseDefinition() != method)
        && method.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is null;

    private static string Id(MethodBase method)
    {
        string generic = method.IsGenericMethod ? "``" + method.GetGenericArguments().Length : string.Empty;
        string name = method.IsConstructor ? "#ctor" : method.Name;
        return $"M:{TypeName(method.DeclaringType!)}.{name}{generic}({string.Join(",", method.GetParameters().Select(static parameter => ParameterName(parameter.ParameterType)))})";
    }

    private static string TypeName(Type type) => type.FullName!.Replace('+', '.');

    private static string ParameterName(Type type)
    {
        if (type.IsByRef)
            return ParameterName(type.GetElementType()!) + "@";
        if (type.IsPointer)
            return ParameterName(type.GetElementType()!) + "*";
        if (type.IsArray)
            return ParameterName(type.GetElementType()!) + "[]";
        if (type.IsGenericParameter)
            return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;
        if (!type.IsGenericType)
            return TypeName(type);
        string name = TypeName(type.GetGenericTypeDefinition());
        return $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}{{{string.Join(",", type.GetGenericArguments().Select(ParameterName))}}}";
    }
}
