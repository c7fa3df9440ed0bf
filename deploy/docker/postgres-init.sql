-- Run once, by the image, when the volume is empty.
create role hunt login createdb password 'hunt';
create database treasurehunt owner hunt;
\connect treasurehunt
create extension pg_stat_statements;
