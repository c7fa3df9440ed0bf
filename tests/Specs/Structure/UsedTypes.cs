using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace TreasureHunt.Specs.Structure;

/// <summary>
/// The types of other assemblies that the IL of a project references: in a body, a signature, an attribute or a type
/// argument. Assemblies that are only in the same folder do not count.
/// </summary>
internal static class UsedTypes
{
    /// <param name="project">A project of <c>src</c>, such as <c>Api</c>.</param>
    public static IReadOnlyList<string> Of(string project)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"TreasureHunt.{project}.dll")));
        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeReferences.Select(handle => FullName(metadata, metadata.GetTypeReference(handle)))];
    }

    private static string FullName(MetadataReader metadata, TypeReference type) => type.ResolutionScope.Kind == HandleKind.TypeReference
        ? $"{FullName(metadata, metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope))}.{metadata.GetString(type.Name)}"
        : $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
}
