using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.Platform.Configuration;

/// <summary>Checks the form of a connection string, and prints it without its password.</summary>
public abstract class ConnectionStringAttribute : ValidationAttribute
{
    /// <summary>What it looks like.</summary>
    public abstract string Form { get; }

    /// <summary>The connection string with each password replaced by <c>***</c>.</summary>
    public abstract string Mask(string connection);
}
