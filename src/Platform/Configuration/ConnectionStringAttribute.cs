using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.Platform.Configuration;

/// <summary>
/// Checks the form of a connection string, and prints it without its password. No value at all is left to whoever needs the server.
/// </summary>
public abstract class ConnectionStringAttribute : ValidationAttribute
{
    /// <summary>What stands for a password.</summary>
    protected const string Hidden = "***";

    /// <summary>What it looks like.</summary>
    public abstract string Form { get; }

    /// <summary>The connection string without its passwords; nothing of one that cannot be read.</summary>
    public string Show(string connection)
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
    /// <exception cref="ArgumentException">It cannot be read.</exception>
    /// <exception cref="FormatException">It cannot be read.</exception>
    protected abstract string Mask(string connection);

    /// <summary>
    /// What is wrong with a connection string, as a sentence without the connection string itself; null when it is right.
    /// </summary>
    /// <exception cref="ArgumentException">It cannot be read.</exception>
    protected abstract string? Complaint(string connection);

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not string { Length: > 0 } connection)
        {
            return ValidationResult.Success;
        }

        string? complaint;
        try
        {
            complaint = Complaint(connection);
        }
        catch (ArgumentException unreadable)
        {
            // A parser names the word that it does not know; one that repeats all of the connection string repeats its password.
            complaint = unreadable.Message.Contains(connection, StringComparison.Ordinal)
                ? "it cannot be read." : $"{unreadable.Message.Split(" (Parameter", 2)[0].TrimEnd('.')}.";
        }

        return complaint is null ? ValidationResult.Success : new ValidationResult($"{complaint} It looks like {Form}.");
    }
}
