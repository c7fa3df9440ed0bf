using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.Platform.Configuration;

/// <summary>
/// Validates the format of a connection string, and prints it without its password. A missing value is valid: the host decides which
/// servers it requires.
/// </summary>
public abstract class ConnectionStringAttribute : ValidationAttribute
{
    /// <summary>Replaces a password.</summary>
    protected const string Hidden = "***";

    /// <summary>The expected format, for error messages.</summary>
    public abstract string Format { get; }

    /// <summary>The connection string without its passwords; <see cref="Hidden"/> when it is malformed.</summary>
    public string Masked(string connection)
    {
        try
        {
            return Mask(connection);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException)
        {
            return Hidden;
        }
    }

    /// <summary>The connection string with each password replaced by <see cref="Hidden"/>.</summary>
    /// <exception cref="ArgumentException">The connection string is malformed.</exception>
    /// <exception cref="FormatException">The connection string is malformed.</exception>
    protected abstract string Mask(string connection);

    /// <summary>
    /// A sentence about the error in a connection string, without the connection string itself; null when it is valid.
    /// </summary>
    /// <exception cref="ArgumentException">The connection string is malformed.</exception>
    protected abstract string? FindProblem(string connection);

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not string { Length: > 0 } connection)
        {
            return ValidationResult.Success;
        }

        string? problem;
        try
        {
            problem = FindProblem(connection);
        }
        catch (ArgumentException unreadable)
        {
            // A parser names the unknown word. A message with the whole connection string would print its password.
            problem = unreadable.Message.Contains(connection, StringComparison.Ordinal)
                ? "it cannot be read." : $"{unreadable.Message.Split(" (Parameter", 2)[0].TrimEnd('.')}.";
        }

        return problem is null ? ValidationResult.Success : new ValidationResult($"{problem} It looks like {Format}.");
    }
}
