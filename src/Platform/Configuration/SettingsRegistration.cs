using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TreasureHunt.Platform.Configuration;

/// <summary>Adds typed settings to a host. Each feature has one options class; its properties state units, ranges and defaults.</summary>
public static class SettingsRegistration
{
    /// <summary>
    /// Binds the options to a section of the configuration, checks their data annotations, and adds them as a singleton. The
    /// check happens here, before anything starts, so that a bad value ends the start with a sentence that names it.
    /// </summary>
    /// <returns>The options in force.</returns>
    /// <exception cref="SettingException">A value cannot be read or is out of its range.</exception>
    public static TOptions AddSettings<TOptions>(this IServiceCollection services, IConfiguration configuration, string section)
        where TOptions : class, new()
    {
        var options = new TOptions();
        try
        {
            configuration.GetSection(section).Bind(options);
        }
        catch (InvalidOperationException unreadable)
        {
            throw new SettingException(unreadable.Message);
        }

        var broken = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), broken, validateAllProperties: true))
        {
            throw new SettingException(string.Join(" ", broken.Select(rule => $"{section}__{rule.MemberNames.FirstOrDefault()}: {rule.ErrorMessage}")));
        }

        services.AddSingleton(options);
        services.AddSingleton(new SettingsSection(section, options));
        return options;
    }
}
